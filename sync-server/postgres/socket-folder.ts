// Unix socket names may be about 100 bytes long, and data folders lie as deep as people please. A folder that is
// too deep gets a short link in the folder for temporary files; the link's own folder is open to nobody else.

import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** sun_path is 104 bytes on macOS and 108 on Linux, with room for `/.s.PGSQL.5432` and a final zero. */
const FOLDER_BYTES_MAX = 86;

export type SocketFolder = { readonly path: string; readonly remove: () => Promise<void> };

export async function shortSocketFolder(folder: string): Promise<SocketFolder> {
  if (Buffer.byteLength(folder) <= FOLDER_BYTES_MAX) return { path: folder, remove: async () => undefined };
  const parent = await mkdtemp(path.join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp', 'tld-'));
  const link = path.join(parent, 'd');
  await symlink(folder, link);
  return { path: link, remove: () => rm(parent, { recursive: true, force: true }) };
}
