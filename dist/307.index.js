export const id = 307;
export const ids = [307];
export const modules = {

/***/ 4307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gitHub: () => (/* binding */ gitHub),
/* harmony export */   httpRegistry: () => (/* binding */ httpRegistry)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4942);
/* harmony import */ var _child_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5694);
/* harmony import */ var _docker_config_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(739);





/** Docker Hub: its API has another name than its images. */
const HUB = { api: 'registry-1.docker.io', config: 'https://index.docker.io/v1/' };
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
            const full = url.startsWith('http') ? url : `${scheme}://${registry || HUB.api}${url}`;
            try {
                // One client a call: it keeps the agent of its first address, and an https agent refuses http.
                const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_2__/* .HttpClient */ .Qq('pypackager-action', [], { keepAlive: false, socketTimeout: 10_000, allowRetries: false });
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
    /** The Authorization header for a challenge. */
    async function answer(challenge, login, scope) {
        const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
        if (/^basic/i.test(challenge))
            return basic;
        const field = (name) => new RegExp(`${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
        const realm = field('realm');
        if (!realm || !URL.canParse(realm))
            return undefined;
        const url = new URL(realm);
        url.searchParams.set('service', field('service') ?? '');
        url.searchParams.set('scope', scope);
        const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_2__/* .HttpClient */ .Qq('pypackager-action', [], { socketTimeout: 10_000, allowRetries: false });
        const response = await client.get(url.href, basic ? { authorization: basic } : {});
        const body = JSON.parse((await response.readBody()) || '{}');
        const token = body.token ?? body.access_token;
        return token && `Bearer ${token}`;
    }
    return {
        existingLogin,
        async mayPush(registry, repository, login) {
            const response = await call('POST', registry, `/v2/${repository}/blobs/uploads/`, login, `repository:${repository}:pull,push`);
            const status = response?.message.statusCode;
            response?.message.resume();
            if (status === 401 || status === 403)
                return 'denied';
            if (status !== 202)
                return 'unknown';
            const upload = response?.message.headers.location;
            if (upload)
                (await call('DELETE', registry, upload, login, `repository:${repository}:pull,push`))?.message.resume();
            return 'yes';
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
/** Docker takes plain HTTP from loopback registries alone, so do we. */
function insecure(registry) {
    return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry);
}
/** The user's login as `docker login` left it: in the file, or with a credential helper. */
async function existingLogin(registry) {
    const name = registry || HUB.config;
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join((0,_docker_config_js__WEBPACK_IMPORTED_MODULE_4__/* .userDockerConfig */ .O)(), 'config.json'), 'utf8').catch(() => '{}');
    let config;
    try {
        config = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const auth = config.auths?.[name]?.auth;
    if (auth) {
        const [username = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':');
        return { username, password: password.join(':') };
    }
    const helper = config.credHelpers?.[name] ?? config.credsStore;
    if (!helper || !/^[\w-]+$/.test(helper))
        return undefined;
    const result = await (0,_child_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .eF)(`docker-credential-${helper}`, ['get'], { env: (0,_child_js__WEBPACK_IMPORTED_MODULE_3__/* .childEnvironment */ .Qc)(process.env), input: name, limit: 10_000 });
    if (result.code !== 0)
        return undefined;
    const found = JSON.parse(result.stdout);
    return found.Username && found.Secret ? { username: found.Username, password: found.Secret } : undefined;
}
/** The repository's tags by GitHub's API. */
function gitHub(apiUrl) {
    const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_2__/* .HttpClient */ .Qq('pypackager-action', [], { socketTimeout: 10_000, allowRetries: false });
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
