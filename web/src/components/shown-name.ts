/** Characters that turn the order of those after them: `report<U+202E>txt.sh` would be read as `reporths.txt`. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name as it may be shown: what would disguise it stands there in words. */
export function shownName(name: string): string {
  return name.replace(turning, (one) => `<U+${one.charCodeAt(0).toString(16).toUpperCase()}>`);
}
