/** The tool bar: one stop of the Tab key, arrows inside (ARIA toolbar pattern). */
import {_} from "./words.js";
import {el} from "./dom.js";
import {here} from "./reasons.js";
import {say} from "./said.js";
import {toolGroups} from "./tools.js";

const labelOf = ({words, shortcut}) => (shortcut ? `${words} (${shortcut})` : words);
const STEPS = {ArrowRight: 1, ArrowLeft: -1};

export class Toolbar {
  constructor(getView, acts, {id}) {
    this.getView = getView;
    this.groups = toolGroups(acts).map(group => this.drawGroup(group));
    this.dom = el(
      "div",
      {
        class: "ed-toolbar",
        role: "toolbar",
        "aria-label": _("Công cụ soạn thảo"),
        "aria-controls": id,
        on: {
          keydown: event => this.onKey(event),
          // The editor keeps its selection, and a phone its keyboard.
          mousedown: event => event.preventDefault(),
        },
      },
      ...this.groups.map(each => each.dom),
    );
  }

  drawGroup({words, when, tools}) {
    const drawn = tools.map(tool => ({...tool, dom: this.drawTool(tool)}));
    const attributes = {class: when ? "ed-tools ed-tools-here" : "ed-tools", role: "group", ...(words && {"aria-label": words})};
    return {when, tools: drawn, dom: el("div", attributes, ...drawn.map(each => each.dom))};
  }

  drawTool(tool) {
    const label = labelOf(tool);
    return el(
      "button",
      {
        type: "button",
        class: "ed-tool",
        tabindex: "-1",
        title: label,
        "aria-label": label,
        "data-tool": tool.key,
        ...(tool.isPressed && {"aria-pressed": "false"}),
        on: {click: () => this.run(tool)},
      },
      tool.sign,
    );
  }

  run(tool) {
    const view = this.getView();
    if (!view.editable) return;
    const isFromKeyboard = this.dom.contains(document.activeElement);
    const isDone = tool.run(view.state, view.dispatch, view);
    // Who presses a tool that is off, or cannot see that it is, must hear why.
    const isAsItIs = tool.stays && tool.isPressed(view.state);
    if (!isDone && !isAsItIs) say((tool.why || here)(view.state));
    if (isDone && !isFromKeyboard) view.focus();
  }

  /** Show the state of the tools soon; typing must not wait for it. */
  update() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const {state, editable} = this.getView();
    for (const {when, tools, dom} of this.groups) {
      dom.hidden = Boolean(when) && !when(state);
      if (!dom.hidden) for (const tool of tools) this.drawState(tool, state, editable);
    }
    const stops = this.stops();
    if (!stops.some(each => each.tabIndex === 0)) stops[0].tabIndex = 0;
  }

  drawState(tool, state, editable) {
    const {dom, run, isPressed, stays} = tool;
    const pressed = Boolean(isPressed && isPressed(state));
    const mayRun = editable && ((stays && pressed) || run(state));
    dom.setAttribute("aria-disabled", String(!mayRun));
    const why = mayRun || !editable ? "" : (tool.why || here)(state);
    if (tool.told !== why) {
      tool.told = why;
      dom.title = why ? `${labelOf(tool)}: ${why}` : labelOf(tool);
      if (why) dom.setAttribute("aria-description", why);
      else dom.removeAttribute("aria-description");
    }
    if (isPressed) dom.setAttribute("aria-pressed", String(pressed));
  }

  /** The buttons that are shown; a hidden one gives up its stop. */
  stops() {
    const all = [...this.dom.querySelectorAll("button")];
    const shown = all.filter(each => !each.parentNode.hidden);
    for (const each of all) if (!shown.includes(each)) each.tabIndex = -1;
    return shown;
  }

  onKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.getView().focus();
      return;
    }
    const stops = this.stops();
    const at = stops.indexOf(document.activeElement);
    let next = null;
    if (event.key in STEPS) next = (at + STEPS[event.key] + stops.length) % stops.length;
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = stops.length - 1;
    if (next === null || at < 0) return;
    event.preventDefault();
    stops[at].tabIndex = -1;
    stops[next].tabIndex = 0;
    stops[next].focus();
    stops[next].scrollIntoView({block: "nearest", inline: "nearest"});
  }

  destroy() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.dom.remove();
  }
}
