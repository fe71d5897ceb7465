// Reads vCards on standard input with ical.js and prints their properties as JSON: [[name, type, value], …] a card.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/package.json`);
const loaded = require("ical.js");
const ICAL = loaded.default ?? loaded;
const parsed = ICAL.parse(readFileSync(0, "utf8"));
const cards = parsed[0] === "vcard" ? [parsed] : parsed;
console.log(JSON.stringify(cards.map(([, properties]) => properties.map(([name, params, , value]) => [name, params, value]))));
