export const id = 230;
export const ids = [230];
export const modules = {

/***/ 7547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ listed),
/* harmony export */   b: () => (/* binding */ textOf)
/* harmony export */ });
/** Pages of a list; more are taken for a list without an end. */
const MOST_PAGES = 1000;
/** The body of an answer; undefined where it was cut, of which the client's own `readBody` would never hear. */
async function textOf(response) {
    if (!response)
        return undefined;
    const chunks = [];
    try {
        for await (const chunk of response.message)
            chunks.push(chunk);
    }
    catch {
        return undefined;
    }
    return Buffer.concat(chunks).toString('utf8');
}
/**
 * A list that comes page by page: each names the next one in a header. A next page is asked of the same host alone.
 * @param items of a page's body; undefined where it is not of its kind
 * @returns undefined where a page is missing, or not of its kind
 * @see RFC 8288 (Web Linking)
 */
async function listed(first, get, items) {
    const all = [];
    const asked = new Set();
    let path = first;
    while (path !== undefined && !asked.has(path) && asked.size < MOST_PAGES) {
        asked.add(path);
        const response = await get(path);
        const body = await textOf(response);
        const found = response?.message.statusCode === 200 ? items(body ?? '') : undefined;
        if (!found)
            return undefined;
        all.push(...found);
        path = nextPage(path, response?.message.headers.link);
    }
    return path === undefined ? all : undefined;
}
/** Path and query of the next page. */
function nextPage(current, link) {
    const next = /<([^<>]*)>\s*;[^,]*\brel="?next\b/i.exec([link ?? ''].flat().join(', '))?.[1];
    const base = `http://host${current}`;
    if (!next || !URL.canParse(next, base))
        return undefined;
    const { pathname, search } = new URL(next, base);
    return `${pathname}${search}`;
}


/***/ }),

/***/ 4230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  httpRegistry: () => (/* binding */ httpRegistry)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./lib/grammar.js
var grammar = __webpack_require__(6650);
// EXTERNAL MODULE: ./lib/effects/docker/docker-config.js
var docker_config = __webpack_require__(4454);
// EXTERNAL MODULE: ./lib/effects/docker-port.js
var docker_port = __webpack_require__(286);
// EXTERNAL MODULE: ./lib/effects/process/child.js + 3 modules
var child = __webpack_require__(1783);
;// CONCATENATED MODULE: ./lib/effects/network/login.js




/** What a credential helper answers. */
const HELPED = dist/* object */.Ikc({ Username: dist/* optional */.lqM(dist/* string */.YjP()), Secret: dist/* optional */.lqM(dist/* string */.YjP()) });
/** The user name under which a credential helper keeps an identity token. */
const TOKEN_USER = '<token>';
/** Whether docker asks a program for the login of a registry, which may know one that it does not tell us. */
async function asksHelper(registry) {
    const { config } = await (0,docker_config/* readDockerConfig */.TO)();
    return Boolean(config.credHelpers[(0,docker_config/* loginKey */.H$)(registry)] ?? config.credsStore);
}
/**
 * The user's login as `docker login` or DOCKER_AUTH_CONFIG left it: with a credential helper where one is set, else in the
 * file, as docker itself looks for it. Undefined where there is none.
 */
async function existingLogin(registry) {
    const { config } = await (0,docker_config/* readDockerConfig */.TO)();
    const key = (0,docker_config/* loginKey */.H$)(registry);
    const helper = config.credHelpers[key] ?? config.credsStore;
    if (helper)
        return /^[\w.-]+$/.test(helper) ? fromHelper(helper, key) : undefined;
    const { auths } = config;
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
    const found = result.code === 0 ? (0,grammar/* readJson */.Vh)(HELPED, result.stdout) : undefined;
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

// EXTERNAL MODULE: ./lib/effects/network/pages.js
var pages = __webpack_require__(7547);
;// CONCATENATED MODULE: ./lib/effects/network/registry.js








/** Docker Hub's API has another name than its images. */
const HUB_API = 'registry-1.docker.io';
const TIMEOUT_MS = 10_000;
/** A registry reads a layer once more before it answers. */
const UPLOAD_MS = 300_000;
// What registries answer, as far as it is read.
const TOKEN = dist/* object */.Ikc({ token: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())), access_token: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())) });
const TAG_LIST = dist/* object */.Ikc({ tags: dist/* optional */.lqM(dist/* nullable */.mee(dist/* array */.YOg(dist/* string */.YjP()))) });
const MANIFEST = dist/* object */.Ikc({ config: dist/* optional */.lqM(dist/* object */.Ikc({ digest: dist/* string */.YjP() })) });
const LABELS = dist/* optional */.lqM(dist/* nullable */.mee(dist/* record */.g1P(dist/* string */.YjP(), dist/* string */.YjP())));
const CONFIGURATION = dist/* object */.Ikc({
    architecture: dist/* fallback */.NpB(dist/* string */.YjP(), ''),
    config: dist/* optional */.lqM(dist/* nullable */.mee(dist/* object */.Ikc({ Labels: LABELS }))),
});
const ERRORS = dist/* object */.Ikc({ errors: dist/* array */.YOg(dist/* object */.Ikc({ code: dist/* string */.YjP() })) });
const FAULTS = dist/* object */.Ikc({ errors: dist/* array */.YOg(dist/* object */.Ikc({ code: dist/* string */.YjP(), message: dist/* fallback */.NpB(dist/* optional */.lqM(dist/* string */.YjP()), undefined) })) });
const DIGEST = /^sha256:[0-9a-f]{64}$/;
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
    const calls = new RegistryCalls();
    return { existingLogin: existingLogin, asksHelper: asksHelper, ...reading(calls), ...writing(calls) };
}
/** Calls of registries' API, with the logins that they ask for. */
class RegistryCalls {
    /** What was granted, so that a large body is sent once. */
    granted = new Map();
    async call({ registry, path, login }, actions, { method, url, put }) {
        const scope = `repository:${path}:${actions}`;
        const headers = { accept: MANIFESTS, ...(put && { 'content-type': put.type, 'content-length': String(put.size) }) };
        const host = (0,docker_config/* isDockerHub */.gr)(registry) ? HUB_API : registry;
        const body = () => put?.body() ?? '';
        for (const scheme of insecure(registry) ? ['https', 'http'] : ['https']) {
            const at = addressOf(url, scheme, host);
            if (!at)
                return undefined;
            const { own, full } = at;
            const key = `${scheme} ${registry} ${scope}`;
            try {
                // One client a call: it keeps the agent of its first address, and an https agent refuses http.
                const socketTimeout = put ? UPLOAD_MS : TIMEOUT_MS;
                const client = new lib/* HttpClient */.Qq('pypackager-action', [], { keepAlive: false, socketTimeout, allowRetries: false });
                const before = own && put ? this.granted.get(key) : undefined;
                const first = await client.request(method, full, body(), { ...headers, ...(before && { authorization: before }) });
                const challenge = first.message.headers['www-authenticate'];
                if (first.message.statusCode !== 401 || !challenge || !own)
                    return first;
                first.message.resume();
                const authorization = await this.answer(challenge, login, scope);
                if (!authorization)
                    return first;
                this.granted.set(key, authorization);
                return await client.request(method, full, body(), { ...headers, authorization });
            }
            catch {
                // no TLS on a loopback registry, or nothing there at all: the push itself will tell
            }
        }
        return undefined;
    }
    async manifest(place, reference, actions = 'pull') {
        const response = await this.call(place, actions, { method: 'GET', url: manifestUrl(place, reference) });
        const body = await (0,pages/* textOf */.b)(response);
        const type = response?.message.headers['content-type'];
        return response?.message.statusCode === 200 && body && type ? { type, body } : undefined;
    }
    /** The Authorization header for a challenge; undefined where there is none to give, or none is granted. */
    async answer(challenge, login, scope) {
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
        const body = (await (0,pages/* textOf */.b)(response)) ?? '';
        if (status === 401 || status === 403)
            return undefined;
        // A service that is out of order, or that counts requests, has refused nothing.
        if (status !== 200)
            throw new Error(`${new URL(realm).host} answered ${status}`);
        const told = (0,grammar/* readJson */.Vh)(TOKEN, body);
        const given = told?.token || told?.access_token;
        return given ? `Bearer ${given}` : undefined;
    }
}
function manifestUrl({ path }, reference) {
    return `/v2/${path}/manifests/${reference}`;
}
function reading(calls) {
    async function asked(place, reference) {
        const response = await calls.call(place, 'pull', { method: 'HEAD', url: manifestUrl(place, reference) });
        response?.message.resume();
        return response;
    }
    async function held(place, tag) {
        const response = await calls.call(place, 'pull', { method: 'GET', url: manifestUrl(place, tag) });
        const body = await (0,pages/* textOf */.b)(response);
        const digest = digestIn(response);
        const manifest = digest && (0,grammar/* readJson */.Vh)(MANIFEST, body ?? '');
        return digest && manifest ? { digest, config: manifest.config?.digest ?? '' } : undefined;
    }
    async function image(place, tag) {
        const { config = '' } = (await held(place, tag)) ?? {};
        if (!DIGEST.test(config))
            return undefined;
        const response = await calls.call(place, 'pull', { method: 'GET', url: `/v2/${place.path}/blobs/${config}` });
        const read = (0,grammar/* readJson */.Vh)(CONFIGURATION, (await (0,pages/* textOf */.b)(response)) ?? '');
        if (response?.message.statusCode !== 200 || !read)
            return undefined;
        return { labels: read.config?.Labels ?? {}, architecture: read.architecture };
    }
    return {
        async mayPush(place) {
            const response = await calls.call(place, 'pull,push', { method: 'POST', url: `/v2/${place.path}/blobs/uploads/` });
            const message = response?.message;
            const status = message?.statusCode;
            if (status === 404) {
                const errors = (0,grammar/* readJson */.Vh)(ERRORS, (await (0,pages/* textOf */.b)(response)) ?? '')?.errors ?? [];
                return { answer: errors.some(({ code }) => code === 'NAME_UNKNOWN') ? 'absent' : 'unknown' };
            }
            message?.resume();
            if (status === 401 || status === 403)
                return { answer: 'denied' };
            if (status === 429)
                return { answer: 'limited', ...secondsOf(message?.headers['retry-after']) };
            if (status !== 202)
                return { answer: 'unknown' };
            const upload = message?.headers.location;
            if (upload)
                (await calls.call(place, 'pull,push', { method: 'DELETE', url: upload }))?.message.resume();
            return { answer: 'yes' };
        },
        async has(place, reference) {
            const status = (await asked(place, reference))?.message.statusCode;
            return status === 200 ? true : status === 404 ? false : undefined;
        },
        digest: async (place, reference) => digestIn(await asked(place, reference)),
        held,
        image,
        manifest: (place, reference) => calls.manifest(place, reference),
        async tags(place) {
            const get = (url) => calls.call(place, 'pull', { method: 'GET', url });
            return (0,pages/* listed */.K)(`/v2/${place.path}/tags/list`, get, (body) => {
                const list = (0,grammar/* readJson */.Vh)(TAG_LIST, body);
                return list && (list.tags ?? []);
            });
        },
    };
}
function writing(calls) {
    return {
        async retag(place, from, to) {
            const found = await calls.manifest(place, from, 'pull,push');
            if (!found)
                return false;
            const put = await calls.call(place, 'pull,push', { method: 'PUT', url: manifestUrl(place, to), put: textContent(found) });
            put?.message.resume();
            return put?.message.statusCode === 201;
        },
        async upload(place, blob) {
            const there = await calls.call(place, 'pull,push', { method: 'HEAD', url: `/v2/${place.path}/blobs/${blob.digest}` });
            there?.message.resume();
            if (there?.message.statusCode === 200)
                return;
            const begun = await calls.call(place, 'pull,push', { method: 'POST', url: `/v2/${place.path}/blobs/uploads/` });
            const location = begun?.message.headers.location;
            if (begun?.message.statusCode !== 202 || !location)
                throw await refusal(begun);
            begun.message.resume();
            const url = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(blob.digest)}`;
            const put = { type: 'application/octet-stream', size: blob.size, body: () => (0,external_node_fs_.createReadStream)(blob.file) };
            const done = await calls.call(place, 'pull,push', { method: 'PUT', url, put });
            if (done?.message.statusCode !== 201)
                throw await refusal(done);
            done.message.resume();
        },
        async putManifest(place, reference, manifest) {
            const put = await calls.call(place, 'pull,push', { method: 'PUT', url: manifestUrl(place, reference), put: textContent(manifest) });
            if (put?.message.statusCode !== 201)
                throw await refusal(put);
            put.message.resume();
            return put.message.headers['oci-subject'] !== undefined;
        },
    };
}
/**
 * Where something is asked for. A registry may send an upload to a storage elsewhere, which has no business with a login;
 * behind a proxy it may name itself by http.
 */
function addressOf(url, scheme, host) {
    const base = `${scheme}://${host}`;
    if (!URL.canParse(url, base))
        return undefined;
    const at = new URL(url, base);
    const own = at.host === new URL(base).host;
    if (own)
        at.protocol = scheme;
    return { full: at.href, own };
}
function textContent({ type, body }) {
    return { type, size: Buffer.byteLength(body), body: () => body };
}
/** Why something was not taken, by the registry's own words where it has some. */
async function refusal(response) {
    const status = response?.message.statusCode ?? 0;
    const said = (0,grammar/* readJson */.Vh)(FAULTS, (await (0,pages/* textOf */.b)(response)) ?? '')?.errors[0];
    const why = status === 429 ? 'limited' : status === 401 || status === 403 ? 'denied' : status === 0 || status >= 500 ? 'passing' : 'other';
    return new docker_port/* PushError */.Vc(why, said ? `${said.code}: ${said.message ?? ''} (${status})` : status ? `status ${status}` : 'no answer');
}
function digestIn(response) {
    const digest = response?.message.headers['docker-content-digest'];
    return response?.message.statusCode === 200 && typeof digest === 'string' && DIGEST.test(digest) ? digest : undefined;
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


/***/ })

};
