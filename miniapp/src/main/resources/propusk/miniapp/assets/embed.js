// Sign in with Telegram on any page of a listed site: docs/sites.md. Served as /signin.js.
(() => {
  const W = WORDS;
  const { src, dataset } = document.currentScript;
  const base = new URL(src).origin;
  const own = base === location.origin;
  const KEY = 'propusk.signin';
  const b64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  let ui, kept, open, abort, answer;

  const h = (tag, props, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name in element && name !== 'role') element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

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

  function build() {
    const shadow = document.body.appendChild(h('div', {})).attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    ui = { body: h('div', {}), toast: h('p', { role: 'status', id: 'toast', hidden: true }) };
    ui.box = h('dialog', { ariaLabel: W.title, onclose: leave }, h('button', { id: 'x', ariaLabel: W.close, onclick: () => ui.box.close() }, '×'), ui.body);
    shadow.append(ui.box, ui.toast);
  }

  const keep = () => sessionStorage.setItem(KEY, JSON.stringify(kept));

  function leave() {
    open = false;
    abort?.abort();
    sessionStorage.removeItem(KEY);
  }

  async function begin() {
    const verifier = b64(crypto.getRandomValues(new Uint8Array(32)));
    const challenge = b64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
    kept = null;
    const begun = await (await call('/api/auth/begin', own ? {} : { organization: dataset.organization, challenge })).json();
    kept = { ...begun, verifier, ends: Date.now() + begun.expires_in * 1000 };
  }

  function draw() {
    const svg = document.importNode(new DOMParser().parseFromString(kept.qr, 'image/svg+xml').documentElement, true);
    svg.setAttribute('aria-label', W.qr);
    ui.left = h('b', {});
    ui.state = h('p', { role: 'status', id: 'state' }, W.waiting);
    ui.body.replaceChildren(
      h('h2', { tabIndex: -1 }, W.title), h('div', { id: 'qr' }, svg),
      h('p', { id: 'number' }, `${W.number} `, h('b', {}, kept.number)),
      h('ol', {}, ...[W.step1, W.step2, W.step3].map((step) => h('li', {}, step))), ui.state,
      h('p', { id: 'left' }, `${W.left} `, ui.left),
      h('a', { className: 'main', href: kept.deepLink, target: '_blank', rel: 'noopener' }, W.bot),
      ...(own ? [h('a', { href: `/auth/widget/start?redirect=${encodeURIComponent(location.pathname + location.search)}` }, W.widget)] : []),
    );
    tick();
  }

  function end(title, text) {
    kept = null;
    open = false;
    sessionStorage.removeItem(KEY);
    ui.body.replaceChildren(h('h2', { tabIndex: -1 }, title), h('p', { role: 'alert' }, text), h('button', { className: 'main', onclick: start }, W.again));
  }

  function tick() {
    if (!open || !kept) return;
    const left = Math.max(0, Math.ceil((kept.ends - Date.now()) / 1000));
    ui.left.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    setTimeout(tick, 500);
  }

  async function show(view) {
    if (!open) return;
    if (view.expires_in !== undefined) kept.ends = Date.now() + view.expires_in * 1000;
    if (view.status === 'approved') return finish();
    if (view.status === 'waiting' || view.status === 'opened') ui.state.textContent = W[view.status];
    else end(W[`${view.status}.title`] ?? W['expired.title'], W[view.status] ?? W.expired);
  }

  async function finish() {
    const done = await (await call('/api/auth/exchange', { token: kept.token })).json();
    kept = null;
    ui.box.close();
    ui.toast.textContent = W.done.replace('{name}', done.user.first_name);
    ui.toast.hidden = false;
    setTimeout(() => { ui.toast.hidden = true; }, 5000);
    document.dispatchEvent(new CustomEvent('propusk:signin', { detail: done }));
    answer?.(done);
  }

  /** Server-sent events; where those do not come through, asking. */
  async function follow() {
    while (open) {
      abort = new AbortController();
      let silence;
      const alive = () => { clearTimeout(silence); silence = setTimeout(() => abort.abort(), 25000); };
      try {
        alive();
        const stream = await call(`/api/auth/stream?token=${kept.token}`, null, abort.signal);
        const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = ''; ;) {
          const { value, done } = await reader.read();
          if (done) break;
          alive();
          const blocks = (rest + value).split('\n\n');
          rest = blocks.pop();
          for (const block of blocks) {
            const data = /^data: (.*)$/m.exec(block);
            if (data) await show(JSON.parse(data[1]));
          }
        }
      } catch { /* asked below */ }
      clearTimeout(silence);
      if (!open) return;
      try {
        await show(await (await call(`/api/auth?token=${kept.token}`)).json());
      } catch {
        if (open) ui.state.textContent = W.offline;
      }
      await pause(1500);
    }
  }

  async function start() {
    open = true;
    ui.body.replaceChildren(h('p', { role: 'status' }, W.preparing));
    if (!ui.box.open) ui.box.showModal();
    try {
      if (!kept || kept.ends < Date.now() + 30000) await begin();
    } catch (problem) {
      const at = new Date(Date.now() + problem.retry_after * 1000).toLocaleTimeString(W.lang, { hour: '2-digit', minute: '2-digit' });
      return end(W.failed, problem.status === 429 ? W.limit.replace('{time}', at) : W.offline);
    }
    if (!open) return;
    keep();
    draw();
    follow();
  }

  function signIn() {
    if (!ui) build();
    start();
    return new Promise((resolve) => { answer = resolve; });
  }

  window.propusk = { signIn };
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-propusk-signin]')) return;
    event.preventDefault();
    signIn();
  });
  // Awake again, online again, back from another page: look at once.
  for (const name of ['visibilitychange', 'online', 'pageshow']) addEventListener(name, () => document.hidden || abort?.abort(), true);
  // After a reload it goes on with the same code.
  kept = JSON.parse(sessionStorage.getItem(KEY));
  if (kept?.ends > Date.now()) signIn();
})();
