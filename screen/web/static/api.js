// The one door to the server on this computer.

/** What the server refused, with its sentence for people; photo as it is now, where that changed all the same. */
export class Refusal extends Error {
  constructor(status, code, message, photo = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.photo = photo;
  }
}

/** GET of JSON. */
export async function get(path) {
  return answer(await fetch(path, { credentials: "same-origin", cache: "no-store" }));
}

/** POST of JSON; gives the answer, or null where there is none. */
export async function post(path, body = {}) {
  return answer(await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-Photoscreen": "1" },
    body: JSON.stringify(body),
  }));
}

/** POST of files under one field. */
export async function postFiles(path, field, files) {
  const form = new FormData();
  for (const file of files) form.append(field, file, file.name);
  return answer(await fetch(path, { method: "POST", credentials: "same-origin", headers: { "X-Photoscreen": "1" }, body: form }));
}

/** DELETE. */
export async function remove(path) {
  return answer(await fetch(path, { method: "DELETE", credentials: "same-origin", headers: { "X-Photoscreen": "1" } }));
}

/** A picture as a blob, and the box that it shows where the server says so: [left, top, right, bottom]. */
export async function picture(path) {
  const response = await fetch(path, { credentials: "same-origin", cache: "no-store" });
  if (!response.ok) return answer(response);
  const box = (response.headers.get("X-Photoscreen-Box") || "").split(",").map(Number);
  return { blob: await response.blob(), box: box.length === 4 && box.every(Number.isFinite) ? box : null };
}

async function answer(response) {
  if (response.status === 204 || response.status === 202) return null;
  const told = (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : null;
  if (response.ok) return told;
  throw new Refusal(response.status, told?.error?.code || "", told?.error?.message || response.statusText, told?.photo ?? null);
}
