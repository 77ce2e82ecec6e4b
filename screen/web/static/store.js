// What the page knows: settings, the list of photos, what is under way. Views listen for changes.

import { get, post, Refusal } from "./api.js";

const bus = new EventTarget();
const photos = new Map();
const whole = new Map();
const acting = new Map();
let state = null;
let busy = null;
let events = null;

/** The settings and facts of GET /api/state. */
export const settings = () => state;
/** What is under way: {job, done, total, seconds_left}, or null. */
export const underWay = () => busy;
/** All photos, those that could not be screened first, else in the order in which they came. */
export const listed = () => {
  const all = [...photos.values()];
  return [...all.filter((item) => item.state === "failed"), ...all.filter((item) => item.state !== "failed")];
};
/** One photo of the list, or undefined. */
export const item = (id) => photos.get(id);

/** Call a function at each change of a kind (photos, photo, progress, saved, state); gives the function that ends it. */
export function listen(kind, heard) {
  const handler = (event) => heard(event.detail);
  bus.addEventListener(kind, handler);
  return () => bus.removeEventListener(kind, handler);
}

/** Load everything and follow the server's events. */
export async function open() {
  setState(await get("/api/state"));
  await reload();
  events?.close();
  events = new EventSource("/api/events");
  let opened = false;
  let lost = false;
  events.addEventListener("open", () => { if (opened) reload(); opened = true; lost = false; });
  events.addEventListener("error", () => { if (!lost) tell("lost"); lost = true; });
  const on = (kind, then) => events.addEventListener(kind, (event) => then(JSON.parse(event.data)));
  on("photo", (one) => { put(one); tell("photos"); tell("photo", one); });
  on("counts", () => tell("photos"));
  on("progress", (now) => { busy = now; tell("progress", now); });
  on("saved", (one) => tell("saved", one));
}

/** The list anew from the server. */
export async function reload() {
  const found = await get("/api/photos");
  photos.clear();
  for (const one of found.photos) photos.set(one.id, one);
  tell("photos");
}

/** Change settings; the server judges all photos anew. */
export async function change(settingsAsked) {
  setState(await post("/api/settings", settingsAsked));
  whole.clear();
  await reload();
}

/** Take in a state that the server gave. */
export function setState(found) {
  state = found;
  busy = found.busy;
  tell("state", found);
}

/** New photos of the list. */
export function add(items) {
  for (const one of items) put(one);
  tell("photos");
}

/** A photo taken out of the list. */
export function drop(id) {
  photos.delete(id);
  whole.delete(id);
  tell("photos");
}

/** One photo with its findings, from the server. */
export async function load(id) {
  return keep(await get(`/api/photos/${encodeURIComponent(id)}`));
}

/** Do something with a photo, one thing after the other; gives the photo as it is then. */
export function act(id, action) {
  const before = acting.get(id) ?? Promise.resolve();
  const now = before.catch(() => null).then(() => done(id, action));
  acting.set(id, now);
  return now;
}

async function done(id, action) {
  const path = `/api/photos/${encodeURIComponent(id)}/actions`;
  try {
    return keep(await post(path, { version: whole.get(id)?.version ?? photos.get(id)?.version, ...action }));
  } catch (error) {
    if (error instanceof Refusal && [409, 422].includes(error.status)) error.photo = error.photo ? keep(error.photo) : await load(id);
    throw error;
  }
}

function keep(photo) {
  whole.set(photo.id, photo);
  put(photo);
  tell("photos");
  return photo;
}

function put(one) {
  const known = photos.get(one.id);
  if (!known || known.version <= one.version) photos.set(one.id, one);
}

function tell(kind, detail = null) {
  bus.dispatchEvent(new CustomEvent(kind, { detail }));
}
