/** Says in empty blocks what belongs there. */
import {Plugin, PluginKey} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {_} from "./words.js";

const words = () => ({
  title: _("Trích yếu của kế hoạch"),
  basis: _("Căn cứ …;"),
  opening: _("Đoạn mở đầu"),
  closing: _("Đoạn kết, hết bằng dấu ./."),
  recipient: _("Tên nơi nhận"),
  annex_title: _("Tên phụ lục"),
});

export const hints = (sentences = words()) => new Plugin({
  key: new PluginKey("hints"),
  props: {
    decorations(state) {
      const found = [];
      state.doc.descendants((node, pos) => {
        const hint = node.isTextblock && node.content.size === 0 && sentences[node.type.name];
        if (hint) found.push(Decoration.node(pos, pos + node.nodeSize, {class: "is-empty", "data-hint": hint}));
        return !node.isTextblock && node.type.name !== "table";
      });
      return DecorationSet.create(state.doc, found);
    },
  },
});
