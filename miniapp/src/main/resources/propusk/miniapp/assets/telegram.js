// Our own bridge to the Telegram app around this page, in place of telegram-web-app.js.
// Launch parameters come in the hash; a reload may lose it, so it is kept for this tab.

const KEPT = 'propusk.launch';

function kept(key, value) {
  try {
    if (value !== undefined) sessionStorage.setItem(key, value);
    return sessionStorage.getItem(key);
  } catch {
    return value ?? null;
  }
}

function launchHash() {
  const hash = location.hash.slice(1);
  return hash.includes('tgWebApp') ? kept(KEPT, hash) ?? hash : kept(KEPT) ?? '';
}

const launch = new URLSearchParams(launchHash());
const inFrame = window.parent !== window;
const listeners = new Map();
let parents = [];

/** The signed init data as Telegram gave them, to be sent to our server and trusted nowhere else. */
export const initData = launch.get('tgWebAppData') ?? '';
export const platform = launch.get('tgWebAppPlatform') ?? '';
export const isPhone = /^(android|ios)/.test(platform);

export function launchTheme() {
  try {
    return JSON.parse(launch.get('tgWebAppThemeParams') ?? 'null');
  } catch {
    return null;
  }
}

/** Sends an event to the app around us, whichever of its three ways it offers. */
export function post(eventType, eventData = {}) {
  const native = window.TelegramWebviewProxy;
  if (native) {
    native.postEvent(eventType, JSON.stringify(eventData));
  } else if (inFrame) {
    const message = JSON.stringify({ eventType, eventData });
    for (const origin of parents) window.parent.postMessage(message, origin);
  } else if (typeof window.external?.notify === 'function') {
    window.external.notify(JSON.stringify({ eventType, eventData }));
  }
}

export function on(eventType, listener) {
  listeners.set(eventType, listener);
}

function receive(eventType, eventData) {
  if (eventType === 'reload_iframe') {
    post('iframe_will_reload');
    location.reload();
  } else if (eventType === 'set_custom_style') {
    // A style sheet of someone else has no place here: our CSP refuses it as well.
  } else {
    listeners.get(eventType)?.(eventData ?? {});
  }
}

function parsed(eventData) {
  if (typeof eventData !== 'string') return eventData;
  try {
    return JSON.parse(eventData);
  } catch {
    return {};
  }
}

/** Starts to listen and tells the app that we are here. Only `origins` may talk to us in a frame. */
export function connect(origins) {
  parents = origins;
  const entry = (eventType, eventData) => receive(eventType, parsed(eventData));
  window.Telegram = { WebView: { receiveEvent: entry } };
  window.TelegramGameProxy = { receiveEvent: entry };
  window.TelegramGameProxy_receiveEvent = entry;
  if (inFrame) {
    window.addEventListener('message', (event) => {
      if (event.source !== window.parent || !parents.includes(event.origin)) return;
      const message = parsed(event.data);
      if (message && typeof message.eventType === 'string') {
        receive(message.eventType, parsed(message.eventData));
      }
    });
    post('iframe_ready', { reload_supported: true });
  }
  post('web_app_ready');
  post('web_app_expand');
  post('web_app_request_theme');
  post('web_app_request_viewport');
}

export const close = () => post('web_app_close');
export const openLink = (url) => post('web_app_open_link', { url });
export const openTelegramLink = (url) => {
  const address = new URL(url);
  post('web_app_open_tg_link', { path_full: address.pathname + address.search });
};
export const backButton = (visible) => post('web_app_setup_back_button', { is_visible: visible });
export const haptic = (kind) =>
  post('web_app_trigger_haptic_feedback', { type: 'notification', notification_type: kind });
/** Whether anything around us can hear us at all. */
export const embedded = () => Boolean(window.TelegramWebviewProxy) || inFrame;
