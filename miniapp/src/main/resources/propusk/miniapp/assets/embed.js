// Sign in with Telegram on any page of a listed site: docs/sites.md. Served as /signin.js.
(() => {
  const W = WORDS;
  const { src, dataset } = document.currentScript;
  const base = new URL(src).origin;
  const own = base === location.origin;
  const KEY = 'propusk.signin';
  const ASK_MS = 2000;
  const b64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  // What is going on: the window's parts, the sign-in, its current attempt, who waits for its end.
  let ui, kept, run, asked, answer;

  const h = (tag, props, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name in element && name !== 'role') element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  const drawn = (tag, attributes, ...children) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const ICONS = { x: 'M6 6l12 12M18 6L6 18', tick: 'M5 12.5l4.5 4.5L19 7.5', no: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6', clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2' };
  const icon = (name, size) => drawn('svg', { viewBox: '0 0 24 24', width: size, height: size, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.75, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': true }, drawn('path', { d: ICONS[name] }));

  async function call(path, body, signal) {
    const headers = body ? { 'Content-Type': 'application/json' } : {};
    if (!own && kept) headers.Authorization = `Bearer ${kept.verifier}`;
    const got = await fetch(base + path, {
      method: body ? 'POST' : 'GET', headers, signal, body: body && JSON.stringify(body),
      cache: 'no-store', credentials: own ? 'same-origin' : 'omit',
    });
    if (got.ok) return got;
    throw Object.assign(new Error(got.status), await got.json().catch(() => ({})), { status: got.status });
  }

  // A browser may keep nothing for this page: then a reload begins anew.
  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch { /* see above */ }
  }

  function forget() {
    try {
      sessionStorage.removeItem(KEY);
    } catch { /* see above */ }
  }

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  function build() {
    const shadow = document.body.appendChild(h('div', { lang: W.lang })).attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    ui = { body: h('div', {}), toast: h('p', { role: 'status', id: 'toast', hidden: true }) };
    // By the button, by Escape, or by a phone's back.
    const closed = () => ui.box.open || over(null);
    ui.box = h('dialog', { ariaLabel: W.title, onclose: closed }, h('button', { id: 'x', ariaLabel: W.close, onclick: () => ui.box.close() }, icon('x', 24)), ui.body);
    shadow.append(ui.box, ui.toast);
  }

  /** Ends it all, with what whoever asked is told: null where nobody signed in. */
  function over(detail) {
    run?.abort.abort();
    run = null;
    forget();
    ui?.box.close();
    answer?.(detail);
    asked = answer = null;
  }

  async function begin() {
    kept = null;
    const proof = {};
    if (!own) {
      proof.verifier = b64(crypto.getRandomValues(new Uint8Array(32)));
      proof.challenge = b64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(proof.verifier)));
    }
    const begun = await (await call('/api/auth/begin', own ? {} : { organization: dataset.organization, challenge: proof.challenge })).json();
    kept = { ...begun, verifier: proof.verifier, ends: Date.now() + begun.expires_in * 1000 };
  }

  function qr() {
    const [, box, path] = /viewBox="([^"]+)".* d="([^"]+)"/.exec(kept.qr);
    const units = Number(box.split(' ')[2]);
    // A whole number of pixels for each module keeps it crisp.
    const size = units * Math.floor(246 / units);
    return drawn('svg', { viewBox: box, width: size, height: size, role: 'img', 'aria-label': W.qr, fill: 'none', stroke: '#0B1210', 'shape-rendering': 'crispEdges' }, drawn('path', { d: path }));
  }

  function draw() {
    ui.left = h('b', {});
    ui.state = h('p', { role: 'status', id: 'state' }, W.waiting);
    const title = h('h2', { tabIndex: -1 }, W.title);
    const facts = h('div', { id: 'facts' }, h('p', { id: 'number' }, W.number, h('b', {}, kept.number)), h('p', { id: 'left' }, W.left, ui.left));
    const rest = h('div', { id: 'rest' },
      h('ol', {}, ...[W.step1, W.step2, W.step3].map((step) => h('li', {}, step))), ui.state,
      h('a', { className: 'main', href: kept.deepLink, target: '_blank', rel: 'noopener' }, W.bot),
      ...(own ? [h('a', { href: `/auth/widget/start?redirect=${encodeURIComponent(location.pathname + location.search)}`, onclick: forget }, W.widget)] : []));
    ui.body.id = 'ask';
    ui.body.replaceChildren(title, h('div', { id: 'tile' }, facts, h('div', { id: 'qr' }, qr())), rest);
    title.focus();
    tick(run);
  }

  /** @param safe whether to say that nobody came in */
  function end(title, text, safe) {
    run.abort.abort();
    run = kept = null;
    forget();
    const refused = title === W['denied.title'] || title === W['mismatched.title'];
    const heading = h('h2', { tabIndex: -1 }, title);
    ui.body.id = 'end';
    ui.body.replaceChildren(
      h('div', { id: 'mark', className: refused ? 'no' : '' }, icon(refused ? 'no' : 'clock', 30)), heading, h('p', { role: 'alert' }, text),
      ...(safe ? [h('p', { id: 'safe' }, icon('tick', 20), W.safe)] : []), h('button', { className: 'main', onclick: start }, W.again),
    );
    heading.focus();
  }

  function tick(mine) {
    if (mine !== run || !kept) return;
    const left = Math.max(0, Math.ceil((kept.ends - Date.now()) / 1000));
    ui.left.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    setTimeout(tick, 500, mine);
  }

  function state(name) {
    ui.state.textContent = W[name];
    ui.state.className = name === 'offline' ? 'off' : '';
  }

  async function show(mine, view) {
    if (mine !== run) return;
    if (view.expires_in !== undefined) kept.ends = Date.now() + view.expires_in * 1000;
    if (view.status === 'approved') {
      await finish();
    } else if (view.status === 'waiting' || view.status === 'opened') {
      mine.opened = view.status === 'opened';
      state(view.status);
    } else if (view.status === 'exchanged' && own) {
      // Another tab of this browser was faster, or the answer was lost: the page knows.
      over(null);
      location.reload();
    } else {
      const name = view.status === 'expired' && mine.opened ? 'no_answer' : view.status;
      end(W[`${name}.title`] ?? W['expired.title'], W[name] ?? W.expired, name !== 'exchanged');
    }
  }

  async function finish() {
    const done = await (await call('/api/auth/exchange', { token: kept.token })).json();
    kept = null;
    ui.toast.textContent = W.done.replace('{name}', () => done.user.first_name);
    ui.toast.hidden = false;
    setTimeout(() => { ui.toast.hidden = true; }, 5000);
    over(done);
    document.dispatchEvent(new CustomEvent('propusk:signin', { detail: done }));
  }

  /** Reads server-sent events to their end; answers whether they come through at all. */
  async function listen(mine) {
    let heard = false;
    let through = true;
    let silence;
    const within = (ms) => {
      clearTimeout(silence);
      silence = setTimeout(() => { through = heard; mine.abort.abort(); }, ms);
    };
    try {
      within(5000);
      const stream = await call(`/api/auth/stream?token=${kept.token}`, null, mine.abort.signal);
      const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) break;
        within(25000);
        const blocks = (rest + value).split('\n\n');
        rest = blocks.pop();
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block);
          if (!data) continue;
          heard = true;
          await show(mine, JSON.parse(data[1]));
        }
      }
    } catch { /* asked instead */ }
    clearTimeout(silence);
    return through;
  }

  /** Where events do not come through, it asks, and tries them again now and then. */
  async function follow(mine) {
    for (let asks = 0; mine === run; asks -= 1) {
      mine.abort = new AbortController();
      if (asks <= 0) asks = await listen(mine) ? 1 : 15;
      if (mine !== run) return;
      try {
        await show(mine, await (await call(`/api/auth?token=${kept.token}`)).json());
      } catch {
        if (mine === run) state('offline');
      }
      await pause(ASK_MS);
    }
  }

  async function start() {
    const mine = run = { abort: new AbortController(), opened: false };
    ui.body.replaceChildren(h('p', { role: 'status' }, W.preparing));
    if (!ui.box.open) ui.box.showModal();
    try {
      if (!kept || kept.ends < Date.now() + 30000) await begin();
    } catch (problem) {
      if (mine !== run) return;
      const at = new Date(Date.now() + problem.retry_after * 1000).toLocaleTimeString(W.lang, { hour: '2-digit', minute: '2-digit' });
      if (problem.status === 429) end(W['limit.title'], W.limit.replace('{time}', at));
      else end(W.failed, problem.status < 500 ? W.refused : W.away);
      return;
    }
    if (mine !== run) return;
    keep();
    draw();
    follow(mine);
  }

  function signIn() {
    if (!asked) {
      asked = new Promise((resolve) => { answer = resolve; });
      if (!ui) build();
      start();
    }
    return asked;
  }

  window.propusk = { signIn, close: () => over(null) };
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-propusk-signin]')) return;
    event.preventDefault();
    signIn();
  });
  // Awake again, another network or none, back from another page: look at once.
  for (const name of ['visibilitychange', 'resume', 'online', 'offline', 'pageshow']) addEventListener(name, () => document.hidden || run?.abort.abort(), true);
  // After a reload it goes on with the same code.
  kept = remembered();
  if (kept?.ends > Date.now()) signIn();
})();
