// SPDX-License-Identifier: Apache-2.0
// Start oidc-provider, an OAuth2 server that nobody here wrote, run a command with its URL, and end
// as the command does.
//
// usage: OIDC_PROVIDER_MODULE=FILE node provider.mjs COMMAND...
// Its paths are those of Globus Auth. Users are logged in without being asked; refresh tokens are
// good once.

import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const { default: Provider } = await import(process.env.OIDC_PROVIDER_MODULE);

const redirectUri = 'http://127.0.0.1:1/callback';
const secret = randomBytes(24).toString('hex');

function client(id, options) {
  return {
    client_id: id,
    client_secret: secret,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...options,
  };
}

const clients = [
  client('web'),
  client('service', { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }),
  client('native', {
    client_secret: undefined,
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  }),
];

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'of the tests' };
}

/** Consents to whatever is asked for, once for each login. */
async function grantAll(ctx) {
  const { client: asking, params, session } = ctx.oidc;
  const grant = new ctx.oidc.provider.Grant({
    clientId: asking.clientId,
    accountId: session.accountId,
  });
  grant.addOIDCScope(params.scope);
  await grant.save();
  return grant;
}

const configuration = {
  clients,
  jwks: { keys: [signingKey()] },
  cookies: { keys: [randomBytes(24).toString('hex')] },
  scopes: ['openid', 'profile', 'files'],
  claims: { openid: ['sub'], profile: ['name'] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  pkce: { required: (ctx, asking) => asking.clientAuthMethod === 'none' },
  rotateRefreshToken: true,
  issueRefreshToken: (ctx, asking) => asking.grantTypeAllowed('refresh_token'),
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Peer User' }) }),
  loadExistingGrant: grantAll,
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  routes: {
    authorization: '/v2/oauth2/authorize',
    token: '/v2/oauth2/token',
    introspection: '/v2/oauth2/token/introspect',
    revocation: '/v2/oauth2/token/revoke',
    userinfo: '/v2/oauth2/userinfo',
    jwks: '/jwk.json',
  },
};

const server = createServer();
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
const url = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(url, configuration);
provider.on('server_error', (ctx, error) => console.error(error));
const answer = provider.callback();
const result = { login: { accountId: 'peer-user' }, consent: {} };
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    provider.interactionFinished(request, response, result);
  } else {
    answer(request, response);
  }
});

const [program, ...options] = process.argv.slice(2);
const command = spawn(program, options, {
  stdio: 'inherit',
  env: {
    ...process.env,
    OIDC_PROVIDER_URL: url,
    OIDC_PROVIDER_SECRET: secret,
    OIDC_PROVIDER_REDIRECT_URI: redirectUri,
  },
});
command.on('error', (error) => { console.error(error.message); process.exit(127); });
command.on('exit', (status, signal) => {
  if (signal) console.error(`the command was ended by ${signal}`);
  process.exit(status ?? 128);
});
