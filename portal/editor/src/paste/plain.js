/** Reads plain text into blocks, one a line. */
import {Collector} from "./collector.js";

export function readPlain(text) {
  const out = new Collector();
  for (const line of text.split(/\r\n|[\r\n\u2028\u2029]/)) {
    out.open();
    line.split("\v").forEach((piece, at) => {
      if (at) out.break();
      out.text(piece, false, false);
    });
    out.close();
  }
  return out.blocks;
}
