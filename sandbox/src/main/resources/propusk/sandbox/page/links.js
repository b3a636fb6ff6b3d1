import { api } from "./api.js";
import { find, h, icon } from "./dom.js";
import { attempt } from "./notice.js";
import { showPane } from "./panes.js";
import { show } from "./phone.js";
import { chooseBot, state } from "./state.js";
import { t } from "./words.js";

/** A link to one of the sandbox's bots: `t.me/bot?start=…`, `tg://resolve?…` or our own address. */
function botLink(url) {
  const tg = url.protocol === "tg:" && url.host === "resolve";
  const tme = url.host === "t.me";
  const own = url.origin === location.origin;
  if (!tg && !tme && !own) {
    return null;
  }
  const name = tg ? url.searchParams.get("domain") : url.pathname.slice(1).replace(/\/$/, "");
  const bot = state.info.bots.find((b) => b.username.toLowerCase() === name?.toLowerCase());
  return bot && { bot, start: url.searchParams.get("start") ?? "" };
}

/** Opens a link of a message: a bot's chat here, the devices on the phone, anything else of the
 * web in a new tab. */
export async function followLink(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return;
  }
  const found = botLink(url);
  if (found) {
    await offerStart(found);
  } else if (url.protocol === "tg:" && url.host + url.pathname === "settings/devices") {
    show("devices");
    showPane("phone");
  } else if (url.protocol === "https:" || url.protocol === "http:") {
    window.open(url.href, "_blank", "noopener");
  }
}

/** The page was opened by a bot's link: show its chat and offer to start. */
export async function followLocation() {
  const found = botLink(new URL(location.href));
  if (found) {
    history.replaceState(null, "", "/");
    await offerStart(found);
  }
}

async function offerStart({ bot, start }) {
  await chooseBot(bot.id);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(start)) {
    return;
  }
  const offer = h(
    "button",
    {
      type: "button",
      class: "button strong offer",
      onclick: async () => {
        offer.remove();
        await attempt(() => api.say(state.person, bot.id, `/start ${start}`));
      },
    },
    icon("open", 18),
    t("beginWith"),
  );
  document.querySelector(".offer")?.remove();
  find("composer").before(offer);
  offer.focus();
}
