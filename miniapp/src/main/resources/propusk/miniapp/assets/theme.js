// The person's Telegram theme as our tokens, its colours fitted until text on them can be read.

const NAMES = [
  'bg_color', 'secondary_bg_color', 'section_bg_color', 'text_color', 'button_color',
  'button_text_color', 'accent_text_color', 'link_color',
];
const HEX = /^#[0-9a-f]{6}$/i;

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const gamma = (c) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);

function luminance(hex) {
  const [r, g, b] = channels(hex).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

// https://bottosson.github.io/posts/oklab/
function toOklab(hex) {
  const [r, g, b] = channels(hex).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const byte = (c) => Math.round(255 * Math.min(1, Math.max(0, gamma(Math.max(0, c)))));
  return '#' + rgb.map((c) => byte(c).toString(16).padStart(2, '0')).join('');
}

/** `hex` made darker (or lighter) in small steps until it stands out from `against` by `least`. */
export function fit(hex, against, least, lighter) {
  let [lightness, a, b] = toOklab(hex);
  let fitted = hex;
  while (contrast(fitted, against) < least && lightness > 0 && lightness < 1) {
    lightness += lighter ? 0.01 : -0.01;
    fitted = fromOklab([lightness, a, b]);
  }
  return contrast(fitted, against) >= least ? fitted : null;
}

/** Puts Telegram's theme on the page; a malformed or incomplete one leaves ours. */
export function applyTheme(params) {
  const root = document.documentElement;
  const theme = {};
  for (const name of NAMES) {
    if (HEX.test(params?.[name])) theme[name] = params[name].toLowerCase();
  }
  const surface = theme.section_bg_color ?? theme.bg_color;
  const link = theme.accent_text_color ?? theme.link_color;
  const whole = surface && link && theme.secondary_bg_color && theme.text_color;
  if (!whole || !theme.button_color || !theme.button_text_color) return;
  const dark = luminance(surface) < luminance(theme.text_color);
  const light = luminance(theme.button_text_color) > luminance(theme.button_color);
  const button = fit(theme.button_color, theme.button_text_color, 4.5, !light);
  const text = fit(link, surface, 5.4, dark);
  const ring = fit(theme.button_color, '#ffffff', 3.2, false);
  if (!button || !text || !ring) return;
  for (const name of NAMES) {
    const variable = '--tg-theme-' + name.replaceAll('_', '-');
    if (theme[name]) root.style.setProperty(variable, theme[name]);
    else root.style.removeProperty(variable);
  }
  root.style.setProperty('--fit-button', button);
  root.style.setProperty('--fit-link', text);
  root.style.setProperty('--fit-ring', ring);
  root.dataset.scheme = dark ? 'dark' : 'light';
  root.dataset.tg = '';
}
