// express-pouchdb on LevelDB as its documentation starts it. Run by the bench in a process of its own; arguments:
// the folder where it is installed, a port, a folder for its data. Prints its port.

import { createRequire } from 'node:module';
import path from 'node:path';

const [, , installed, port, dataFolder] = process.argv;
const require = createRequire(path.join(installed, 'package.json'));
const express = require('express');
const PouchDB = require('pouchdb').defaults({ prefix: `${dataFolder}/` });
process.chdir(dataFolder);
const app = express();
app.use(
  '/',
  require('express-pouchdb')(PouchDB, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: `${dataFolder}/log.txt`,
  }),
);
app.listen(Number(port), '127.0.0.1', () => console.log(`ready ${port}`));
