// A login's view from our server: pushed by server-sent events, polled where those do not come
// through, and asked for again for as long as it is not over.

const SILENT_MS = 25000;
const LONGEST_WAIT_MS = 8000;
const POLL_MS = 2000;

export class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export async function call(path, { bearer, body, signal } = {}) {
  const headers = {};
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (body) headers['Content-Type'] = 'application/json';
  const answer = await fetch(path, {
    method: body ? 'POST' : 'GET',
    headers,
    body: body && JSON.stringify(body),
    signal,
    cache: 'no-store',
  });
  if (answer.ok) return answer;
  let code = 'unavailable';
  try {
    code = (await answer.json()).code ?? code;
  } catch {
    // a proxy's own page
  }
  throw new Refused(answer.status, code);
}

/** Splits a byte stream into events and hands on the data of each. */
async function readEvents(answer, onData, onSign) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    onSign();
    rest += value;
    const blocks = rest.split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').filter((line) => line.startsWith('data: '));
      if (data.length) onData(JSON.parse(data.map((line) => line.slice(6)).join('\n')));
    }
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Follows a login until its end, by its `events` and `status` paths and a bearer or a cookie.
 * `show(view)` gets each view, `offline(isOffline)` each change of the connection,
 * `refused(problem)` what cannot be mended by trying again.
 */
export async function follow({ events, status, bearer }, { show, offline, refused }) {
  let over = false;
  let failures = 0;
  let pushed = true;
  const take = (view) => {
    failures = 0;
    offline(false);
    over = Boolean(view.end);
    show(view);
  };
  const poll = async () => take(await (await call(status, { bearer })).json());
  const listen = async () => {
    const abort = new AbortController();
    let silence;
    const sign = () => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENT_MS);
    };
    sign();
    try {
      let heard = false;
      const answer = await call(events, { bearer, signal: abort.signal });
      await readEvents(answer, (view) => { heard = true; take(view); }, sign);
      // Whatever stands between us holds events back: ask instead.
      if (!heard) pushed = false;
    } finally {
      clearTimeout(silence);
    }
  };
  while (!over) {
    try {
      if (pushed) {
        await listen();
      } else {
        await poll();
        if (!over) await pause(POLL_MS);
      }
    } catch (problem) {
      if (problem instanceof Refused && problem.status < 500) {
        refused(problem);
        return;
      }
      failures += 1;
      if (failures > 1 || !navigator.onLine) offline(true);
      if (failures % 3 === 0) pushed = !pushed;
    }
    if (!over && failures) await pause(Math.min(250 * 2 ** failures, LONGEST_WAIT_MS));
  }
}
