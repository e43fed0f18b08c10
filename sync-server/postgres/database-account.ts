// Which system account PostgreSQL runs as. PostgreSQL refuses to run as root, and its account must exist in the
// machine's account list; we never create one. A server that is not root runs PostgreSQL as itself. A server that
// is root takes, in this order: the owner of the existing database folder, the owner of the data folder, the
// person behind sudo, `postgres`, `nobody`.

import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { StartRefused } from '../db/start-refused.ts';

export type DatabaseAccount = {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  /** Must the programs be started under another account than the server's own? */
  readonly differsFromServer: boolean;
};

type PasswdEntry = { readonly name: string; readonly uid: number; readonly gid: number };

/** Decides the account; StartRefused where the machine has none that would do. */
export function chooseDatabaseAccount(folders: { data: string; database: string }): DatabaseAccount {
  if (process.getuid === undefined || process.getuid() !== 0) return serverAccount();
  const accounts = readPasswd();
  const databaseOwner = ownerOf(folders.database);
  if (databaseOwner !== null && databaseOwner > 0) {
    const owner = accounts.find((account) => account.uid === databaseOwner);
    if (owner !== undefined) return { ...owner, differsFromServer: true };
    throw new StartRefused(
      `The database in ${folders.database} belongs to user number ${databaseOwner}, who does not exist on this machine. ` +
        'Nothing was changed. Give the folder to an existing user (chown -R postgres), then start again.',
    );
  }
  const sudoUid = Number.parseInt(process.env['SUDO_UID'] ?? '', 10);
  const dataOwner = ownerOf(folders.data);
  const chosen =
    accounts.find((account) => account.uid === dataOwner && account.uid > 0) ??
    accounts.find((account) => account.uid === sudoUid && account.uid > 0) ??
    accounts.find((account) => account.name === 'postgres') ??
    accounts.find((account) => account.name === 'nobody');
  if (chosen === undefined) {
    throw new StartRefused(
      'PostgreSQL may not run as root, and this machine has neither a user `postgres` nor `nobody`. ' +
        'Start Tillandsia as an ordinary user, or set DATABASE_URL.',
    );
  }
  return { ...chosen, differsFromServer: true };
}

function serverAccount(): DatabaseAccount {
  try {
    const { uid, gid, username } = userInfo();
    return { uid, gid, name: username, differsFromServer: false };
  } catch (error) {
    throw new StartRefused(
      'PostgreSQL needs to run as a user with a name, and the user of this process has none in the account list ' +
        '(containers with a made-up user number do this). Start as a named user, or set DATABASE_URL.',
      { cause: error },
    );
  }
}

function ownerOf(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.uid ?? null;
}

function readPasswd(): readonly PasswdEntry[] {
  const accounts: PasswdEntry[] = [];
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined || name.startsWith('#')) continue;
    accounts.push({ name, uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}
