// The layers of the project (see README, "The picture"): imports point up, towards shared/domain, never down.

// dependency-cruiser hands every file to swc without saying that .tsx holds JSX, and swc then stops at the first tag.
const swc = require('@swc/core');
const parseFileSync = swc.parseFileSync.bind(swc);
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('x') });

const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { pathNot: allowed },
});
const NPM = '^node_modules/';
const NODE = `^(node:|(${require('node:module')
  .builtinModules.filter((name) => !name.startsWith('_'))
  .join('|')})$)`;

module.exports = {
  forbidden: [
    only(
      'domain-is-pure',
      '^shared/domain/',
      '^shared/domain/',
      'Retail rules import nothing but retail rules.',
    ),
    only(
      'protocol-border',
      '^shared/protocol/',
      `^shared/(domain|protocol)/|${NPM}(typebox)/`,
      'Protocol: domain and typebox.',
    ),
    only(
      'devices-border',
      '^shared/devices/',
      `^shared/(domain|devices)/|^buffer$|${NPM}`,
      'Devices: domain, and encoder libraries (`buffer` is the npm package of that name, in the browser).',
    ),
    only(
      'client-border',
      '^shared/client/',
      `^shared/(domain|protocol|client)/|^shared/devices/ports\\.ts$|${NPM}`,
      'Client runtime: domain, protocol, device ports.',
    ),
    only(
      'ui-border',
      '^shared/ui/',
      `^shared/(domain|ui)/|${NPM}|^pos/messages/`,
      'Components know no database.',
    ),
    only(
      'pos-border',
      '^pos/',
      `^pos/|^public/|^shared/(client|ui|domain|devices)/|${NPM}`,
      'Screens: client, ui, domain, devices.',
    ),
    only(
      'kiosk-border',
      '^kiosk/',
      `^kiosk/|^public/|^shared/(client|ui|domain|devices)/|${NPM}`,
      'Screens: client, ui, domain, devices.',
    ),
    only(
      'storefront-border',
      '^sync-server/storefront/',
      `^sync-server/storefront/|^shared/(ui|domain)/|${NPM}`,
      'The shop: ui and domain. It knows the server by the Channels API alone.',
    ),
    only(
      'server-border',
      '^sync-server/(?!storefront/)',
      `^sync-server/(?!storefront/)|^shared/(domain|protocol|devices)/|${NPM}|${NODE}`,
      'Server: domain, protocol, and byte-level device drivers.',
    ),
    {
      name: 'drivers-only-in-roots',
      comment: 'A screen sees a device port, only the composition root sees a driver.',
      severity: 'error',
      from: { path: '^(pos|kiosk)/', pathNot: '^(pos|kiosk)/(main|composition)\\.tsx?$|\\.test\\.tsx?$' },
      to: { path: '^shared/devices/', pathNot: '^shared/devices/(device-)?ports\\.ts$' },
    },
    {
      name: 'server-modules-meet-in-db',
      comment: 'A server module never imports another one; they meet in db. main.ts and http wiring compose.',
      severity: 'error',
      from: { path: '^sync-server/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^sync-server/([^/]+)/', pathNot: '^sync-server/($1|db)/' },
    },
    {
      name: 'features-never-meet',
      comment: 'A feature never imports another feature.',
      severity: 'error',
      from: { path: '^pos/features/([^/]+)/' },
      to: { path: '^pos/features/([^/]+)/', pathNot: '^pos/features/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^(pos|kiosk|sync-server|shared)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.mjs', '.cjs', '.d.ts'],
    },
    exclude: { path: '\\?(worker|url|raw)' },
  },
};
