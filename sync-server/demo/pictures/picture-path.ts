// Where the picture of a motif in a colour is found below the server's address. The drawing's version is part of
// the path, so that a browser may keep a picture for ever.

/** Raised whenever a drawing changes. */
const PICTURES_VERSION = 1;

/** The path without a leading slash, such as `media/1/sofa-green.svg`. */
export function picturePath(motif: string, tone: string): string {
  return `media/${String(PICTURES_VERSION)}/${motif}-${tone}.svg`;
}

/** What a path asks for, or null when it is no picture of ours. */
export function parsePicturePath(path: string): { readonly motif: string; readonly tone: string } | null {
  const parts = /^\/?media\/(\d+)\/([a-z]+)-([a-z]+)\.svg$/.exec(path);
  const [, version, motif, tone] = parts ?? [];
  if (version !== String(PICTURES_VERSION) || motif === undefined || tone === undefined) return null;
  return { motif, tone };
}
