// How a PostgreSQL program is told its folder, which is always its working directory. On Linux that is the
// kernel's own name for the working directory: it needs no walk from the root, so the program's account need not
// be able to enter the folders above (they may belong to root alone).

export function folderArgument(folder: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : folder;
}
