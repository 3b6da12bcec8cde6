/** The page's own modules for tests in Node, which must first learn to read the schema. */
import {register} from "node:module";

register("./page-json.mjs", import.meta.url);

export const {schema} = await import("../src/schema.js");
export const {Collaboration} = await import("../src/collab.js");
export const {Composing} = await import("../src/composing.js");
export const {blockIds} = await import("../src/ids.js");
export const {moveDown, moveUp} = await import("../src/moves.js");
export const {others} = await import("../src/others.js");
export const tables = await import("../src/tables.js");
export const {Refusal, Unreachable, sentenceOf, serverAt} = await import("../src/server.js");
export const {colourOf, confirmedPlace, initials} = await import("../src/cursors.js");
export const {excerpt, moment} = await import("../src/dom.js");
export const {tops} = await import("../src/margin/alignment.js");
export const {placeOf} = await import("../src/margin/findings.js");
export const {askedName, withMentions} = await import("../src/margin/mentions.js");
export const {replay, touchedText} = await import("../src/stash.js");
export const {statusWords} = await import("../src/status.js");
export const {carry} = await import("../src/timeline.js");
