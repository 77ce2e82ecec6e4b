// Photos from a drop or a file dialog, sent in small portions to the server on this computer.

import { postFiles } from "./api.js";
import { warn, warnOf } from "./say.js";
import { add, settings } from "./store.js";
import { t } from "./words.js";

const AT_ONCE = 8;
const PICTURES = /\.(jpe?g|png|heic|heif|avif|webp|tiff?|gif|bmp|jxl|dng)$/i;

/** Files of a drop, those inside of folders too. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files];
  const found = [];
  for (const entry of entries) found.push(...await inside(entry, entries.length === 1 && entry.isFile));
  return found;
}

/** Files of a folder dialog: pictures only, so that what else lies there is not shown as failed. */
export function picturesOf(files) {
  return [...files].filter((file) => isPicture(file));
}

/** Send files; tells how many went, gives the photos of the list. */
export async function send(files, heard = () => {}) {
  const allowed = fitting(files);
  const sent = [];
  for (let start = 0; start < allowed.length; start += AT_ONCE) {
    heard(start, allowed.length);
    try {
      const told = await postFiles("/api/photos", "files", allowed.slice(start, start + AT_ONCE));
      sent.push(...told.photos);
      add(told.photos);
    } catch (error) {
      warnOf(error);
      break;
    }
  }
  heard(allowed.length, allowed.length);
  return sent;
}

function fitting(files) {
  const { bytes, photos } = settings().limits;
  const small = files.filter((file) => file.size <= bytes);
  if (small.length < files.length) warn(t("too_large", { count: files.length - small.length }));
  if (small.length > photos) warn(t("too_many", { count: photos }));
  return small.slice(0, photos);
}

async function inside(entry, alone) {
  if (entry.isFile) {
    const file = await new Promise((got, failed) => entry.file(got, failed));
    return alone || !file.name.startsWith(".") ? [file] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((got, failed) => reader.readEntries(got, failed));
    if (some.length === 0) break;
    for (const one of some) found.push(...(await inside(one, false)).filter((file) => isPicture(file)));
  }
  return found;
}

function isPicture(file) {
  return !file.name.startsWith(".") && (file.type.startsWith("image/") || PICTURES.test(file.name));
}
