// rxdb-server as its documentation starts it, with a larger body limit. Run by the bench in a process of its own;
// argument: the folder where it is installed. In memory: its free storage on disk is capped. Prints its port.

import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const express = require('express');
const { createRxDatabase } = require('rxdb/plugins/core');
const { getRxStorageMemory } = require('rxdb/plugins/storage-memory');
const { createRxServer } = require('rxdb-server/plugins/server');
const { RxServerAdapterExpress } = require('rxdb-server/plugins/adapter-express');

const database = await createRxDatabase({
  name: 'bench',
  storage: getRxStorageMemory(),
  multiInstance: false,
});
await database.addCollections({
  facts: {
    schema: {
      version: 0,
      primaryKey: 'id',
      type: 'object',
      properties: { id: { type: 'string', maxLength: 64 }, body: { type: 'string' } },
      required: ['id', 'body'],
    },
  },
});
const adapter = {
  ...RxServerAdapterExpress,
  async create() {
    const app = express();
    app.use(express.json({ limit: '32mb' }));
    return app;
  },
};
const port = Number(process.argv[3]);
const server = await createRxServer({ database, adapter, port, hostname: '127.0.0.1' });
server.addReplicationEndpoint({ name: 'facts', collection: database.facts });
await server.start();
console.log(`ready ${port}`);
