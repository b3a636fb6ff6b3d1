// What every page inside Telegram begins with: its theme, its room, and who may talk to it.

import * as telegram from './telegram.js';
import { applyTheme } from './theme.js';

const root = document.documentElement;

/** Dresses the page and starts to listen; only `origins` may talk to it in a frame. */
export function settle(origins) {
  telegram.on('theme_changed', (data) => applyTheme(data.theme_params));
  telegram.on('viewport_changed', (data) => {
    if (data.is_state_stable !== false && Number(data.height) > 0) {
      root.style.setProperty('--tg-height', `${Number(data.height)}px`);
    }
  });
  for (const kind of ['safe_area', 'content_safe_area']) {
    telegram.on(`${kind}_changed`, (data) => {
      for (const side of ['top', 'bottom']) {
        const name = `--tg-${kind.replaceAll('_', '-')}-inset-${side}`;
        root.style.setProperty(name, `${Number(data[side]) || 0}px`);
      }
    });
  }
  root.dataset.layout = telegram.isPhone ? 'phone' : 'desktop';
  if (!root.dataset.scheme) {
    root.dataset.scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  applyTheme(telegram.launchTheme());
  telegram.connect(origins.split(' ').filter(Boolean));
}
