export const id = 441;
export const ids = [441];
export const modules = {

/***/ 441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gitHub: () => (/* binding */ gitHub),
  httpRegistry: () => (/* binding */ httpRegistry)
});

// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./lib/effects/docker-config.js
var docker_config = __webpack_require__(739);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/effects/child.js
var child = __webpack_require__(9912);
;// CONCATENATED MODULE: ./lib/effects/login.js




/** The user name under which a credential helper keeps an identity token. */
const TOKEN_USER = '<token>';
/**
 * The user's login as `docker login` left it: with a credential helper where one is set, else in the file, as docker
 * itself looks for it. Undefined where there is none.
 */
async function existingLogin(registry) {
    const config = parsed(await (0,promises_.readFile)(external_node_path_.join((0,docker_config/* userDockerConfig */.O8)(), 'config.json'), 'utf8').catch(() => ''));
    const key = (0,docker_config/* loginKey */.H$)(registry);
    const helper = config?.credHelpers?.[key] ?? config?.credsStore;
    if (helper)
        return /^[\w.-]+$/.test(helper) ? fromHelper(helper, key) : undefined;
    const auths = config?.auths ?? {};
    return fromFile(auths[key] ?? Object.entries(auths).find(([address]) => hostOf(address) === hostOf(key))?.[1]);
}
function fromFile(stored) {
    if (!stored)
        return undefined;
    const { auth, identitytoken } = stored;
    const [user = '', ...rest] = auth ? Buffer.from(auth, 'base64').toString('utf8').split(':') : [];
    const username = user || stored.username || '';
    const password = rest.join(':').replace(/\0+$/, '') || stored.password || '';
    if (identitytoken)
        return { username, password, identityToken: identitytoken };
    return username && password ? { username, password } : undefined;
}
async function fromHelper(helper, key) {
    const result = await (0,child/* run */.eF)(`docker-credential-${helper}`, ['get'], { env: (0,child/* childEnvironment */.Qc)(process.env), input: key, limit: 10_000 });
    const found = result.code === 0 ? parsed(result.stdout) : undefined;
    if (!found?.Username || !found.Secret)
        return undefined;
    if (found.Username === TOKEN_USER)
        return { username: '', password: '', identityToken: found.Secret };
    return { username: found.Username, password: found.Secret };
}
/** Older files name registries by whole addresses. */
function hostOf(address) {
    return address.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/effects/registry.js



/** Docker Hub's API has another name than its images. */
const HUB_API = 'registry-1.docker.io';
const TIMEOUT_MS = 10_000;
const MANIFESTS = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
/**
 * A registry by its HTTP API, with Basic or Bearer authentication.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
function httpRegistry() {
    async function call(method, registry, url, login, scope) {
        const accept = { accept: MANIFESTS };
        for (const scheme of insecure(registry) ? ['https', 'http'] : ['https']) {
            const full = url.startsWith('http') ? url : `${scheme}://${(0,docker_config/* isDockerHub */.gr)(registry) ? HUB_API : registry}${url}`;
            try {
                // One client a call: it keeps the agent of its first address, and an https agent refuses http.
                const client = new lib/* HttpClient */.Qq('pypackager-action', [], { keepAlive: false, socketTimeout: TIMEOUT_MS, allowRetries: false });
                const first = await client.request(method, full, '', accept);
                const challenge = first.message.headers['www-authenticate'];
                if (first.message.statusCode !== 401 || !challenge)
                    return first;
                first.message.resume();
                const authorization = await answer(challenge, login, scope);
                return authorization ? await client.request(method, full, '', { ...accept, authorization }) : first;
            }
            catch {
                // no TLS on a loopback registry, or nothing there at all: the push itself will tell
            }
        }
        return undefined;
    }
    /** The Authorization header for a challenge; undefined where there is none to give, or none is granted. */
    async function answer(challenge, login, scope) {
        const basic = login?.password && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
        if (/^basic/i.test(challenge))
            return basic || undefined;
        const field = (name) => new RegExp(`${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
        const realm = field('realm');
        if (!realm || !URL.canParse(realm))
            return undefined;
        const service = field('service');
        const asked = { ...(service === undefined ? {} : { service }), scope };
        const client = new lib/* HttpClient */.Qq('pypackager-action', [], { keepAlive: false, socketTimeout: TIMEOUT_MS, allowRetries: false });
        const response = login?.identityToken
            ? await client.post(realm, String(new URLSearchParams({ ...asked, ...refresh(login.identityToken) })), { 'content-type': FORM })
            : await client.get(withQuery(realm, asked), basic ? { authorization: basic } : {});
        const status = response.message.statusCode ?? 0;
        const body = await response.readBody();
        if (status === 401 || status === 403)
            return undefined;
        // A service that is out of order, or that counts requests, has refused nothing.
        if (status !== 200)
            throw new Error(`${new URL(realm).host} answered ${status}`);
        const { token, access_token } = JSON.parse(body);
        const given = token || access_token;
        return given && `Bearer ${given}`;
    }
    return {
        existingLogin: existingLogin,
        async mayPush(registry, repository, login) {
            const scope = `repository:${repository}:pull,push`;
            const message = (await call('POST', registry, `/v2/${repository}/blobs/uploads/`, login, scope))?.message;
            message?.resume();
            const status = message?.statusCode;
            if (status === 401 || status === 403)
                return { answer: 'denied' };
            if (status === 429)
                return { answer: 'limited', ...secondsOf(message?.headers['retry-after']) };
            if (status !== 202)
                return { answer: 'unknown' };
            const upload = message?.headers.location;
            if (upload)
                (await call('DELETE', registry, upload, login, scope))?.message.resume();
            return { answer: 'yes' };
        },
        async digest(registry, repository, tag, login) {
            const response = await call('HEAD', registry, `/v2/${repository}/manifests/${tag}`, login, `repository:${repository}:pull`);
            const digest = response?.message.headers['docker-content-digest'];
            response?.message.resume();
            return response?.message.statusCode === 200 && typeof digest === 'string' ? digest : undefined;
        },
        async tags(registry, repository, login) {
            const response = await call('GET', registry, `/v2/${repository}/tags/list?n=10000`, login, `repository:${repository}:pull`);
            if (response?.message.statusCode !== 200 || response.message.headers.link) {
                response?.message.resume();
                return undefined;
            }
            return JSON.parse(await response.readBody()).tags ?? [];
        },
    };
}
const FORM = 'application/x-www-form-urlencoded';
/** @see https://distribution.github.io/distribution/spec/auth/oauth/ */
function refresh(token) {
    return { grant_type: 'refresh_token', client_id: 'pypackager-action', refresh_token: token };
}
function withQuery(address, values) {
    const url = new URL(address);
    for (const [name, value] of Object.entries(values))
        url.searchParams.set(name, value);
    return url.href;
}
/** Retry-After is a number of seconds, or a date. */
function secondsOf(header) {
    if (!header)
        return {};
    const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
    return Number.isFinite(seconds) ? { wait: Math.max(0, Math.ceil(seconds)) } : {};
}
/** Docker takes plain HTTP from loopback registries alone, so do we. */
function insecure(registry) {
    return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry);
}
/** The repository's tags by GitHub's API. */
function gitHub(apiUrl) {
    const client = new lib/* HttpClient */.Qq('pypackager-action', [], { socketTimeout: TIMEOUT_MS, allowRetries: false });
    return {
        async tags(repository, token) {
            try {
                const url = `${apiUrl}/repos/${repository}/git/matching-refs/tags/`;
                const response = await client.getJson(url, { authorization: `Bearer ${token}` });
                if ('link' in response.headers)
                    return undefined; // not all of them
                return response.result?.map((entry) => entry.ref.replace('refs/tags/', ''));
            }
            catch {
                return undefined; // absent rights or no network: the next source is asked
            }
        },
    };
}


/***/ })

};
