/** Opens the page of a plan's text: for writing with others, for reading and remarking, or closed. */
import {showLeft} from "./closed.js";
import {Drafting} from "./drafting.js";
import {Review} from "./review.js";
import {button, el} from "./dom.js";
import {prepareToSay} from "./said.js";
import {sentenceOf, serverAt} from "./server.js";
import {_, useWords} from "./words.js";

function words(mount) {
  try {
    return JSON.parse(mount.dataset.words || "{}");
  } catch {
    return {};
  }
}

async function open(mount) {
  const {mode, planId, personId, planUrl, textUrl, version, csrf} = mount.dataset;
  useWords(words(mount));
  if (mode === "closed") {
    await showLeft(mount, {planId, personId});
    return;
  }
  prepareToSay();
  const server = serverAt(planUrl, csrf);
  try {
    const data = await server.get(textUrl.slice(planUrl.length));
    const Page = mode === "review" ? Review : Drafting;
    expose(new Page({mount, server, data, planId, textUrl, which: version || "draft"}));
  } catch (error) {
    const again = button(_("Thử lại"), () => open(mount));
    mount.replaceChildren(
      el("div", {class: "alert alert-warning", role: "alert"}, el("p", {}, sentenceOf(error)), again),
    );
  }
}

/** What the browser tests look at. */
function expose(page) {
  const own = () => page.collaboration;
  window.trinhKy = {
    get view() {
      return page.proposal?.view || page.view;
    },
    collab: {
      get version() {
        return own()?.version ?? page.data.version;
      },
      get acknowledged() {
        return own()?.acknowledged ?? page.data.version;
      },
      get unsent() {
        return own()?.unsent ?? 0;
      },
    },
  };
}

const mount = document.getElementById("editor");
if (mount) open(mount);
