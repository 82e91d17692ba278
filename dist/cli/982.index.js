export const id = 982;
export const ids = [982,230];
export const modules = {

/***/ 5982:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  examineMachine: () => (/* binding */ examineMachine)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/effects/docker/docker.js + 12 modules
var docker_docker = __webpack_require__(4052);
// EXTERNAL MODULE: ./lib/effects/docker/docker-config.js
var docker_config = __webpack_require__(4454);
// EXTERNAL MODULE: ./lib/effects/files/files.js + 2 modules
var files = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/effects/git/git.js + 2 modules
var git = __webpack_require__(6225);
// EXTERNAL MODULE: ./lib/effects/log/log-line.js
var log_line = __webpack_require__(2696);
// EXTERNAL MODULE: ./lib/effects/log/terminal-log.js
var terminal_log = __webpack_require__(2312);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./lib/effects/process/child.js + 1 modules
var child = __webpack_require__(3098);
;// CONCATENATED MODULE: ./lib/effects/machine/probes.js





const ANSWER_MS = 10_000;
/** Asks for a page, through the proxies of the environment. @param login for a server that wants one */
async function askAddress(url, login) {
    try {
        const client = new lib/* HttpClient */.Qq('pypackager-action', [], { keepAlive: false, socketTimeout: ANSWER_MS, allowRetries: false });
        const authorization = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
        const { message } = await client.get(url, { ...(authorization && { authorization }) });
        message.destroy(); // an index may be long
        const date = Date.parse(message.headers.date ?? '');
        return { status: message.statusCode ?? 0, ahead: Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000) };
    }
    catch (error) {
        const { code = '', message } = error;
        return { code, message };
    }
}
/** Bytes that are free where a folder is, or would be made; undefined where that cannot be told. */
async function roomAt(folder) {
    for (let at = external_node_path_.resolve(folder);; at = external_node_path_.dirname(at)) {
        const found = await (0,promises_.statfs)(at).catch(() => undefined);
        if (found)
            return found.bavail * found.bsize;
        if (external_node_path_.dirname(at) === at)
            return undefined;
    }
}
/** Whether a folder, or the one that it would be made in, may be written to. */
async function isWritable(folder) {
    for (let at = external_node_path_.resolve(folder);; at = external_node_path_.dirname(at)) {
        try {
            await (0,promises_.access)(at, promises_.constants.W_OK);
            return true;
        }
        catch (error) {
            if (error.code !== 'ENOENT' || external_node_path_.dirname(at) === at)
                return false;
        }
    }
}
/** The first line that a program says of its version; undefined where there is no such program, or it fails. */
async function versionOf(program, args = ['--version']) {
    const { code, stdout } = await (0,child/* run */.eF)(program, args, { limit: ANSWER_MS });
    return code === 0 ? (stdout.split('\n')[0] ?? '') : undefined;
}
/** Programs that docker asks for logins and that are not on PATH, by what they are called in its settings. */
async function missingHelpers() {
    const { config } = await (0,docker_config/* readDockerConfig */.TO)();
    const named = [config.credsStore, ...Object.values(config.credHelpers)].filter((name) => Boolean(name));
    const missing = await Promise.all([...new Set(named)].map(async (name) => (await (0,child/* run */.eF)(`docker-credential-${name}`, ['version'], { limit: ANSWER_MS })).code === 127 ? [name] : []));
    return missing.flat();
}
/** The folder of the daemon's images where it is on this machine. */
async function daemonFolder() {
    const { code, stdout } = await (0,child/* run */.eF)('docker', ['info', '--format', '{{.DockerRootDir}}'], { limit: ANSWER_MS });
    const folder = code === 0 ? stdout.trim() : '';
    if (!folder.startsWith('/') || /^(tcp|ssh|https?):/.test(process.env.DOCKER_HOST ?? ''))
        return undefined;
    return folder;
}
/** Builds an image of nothing, which is not kept. @returns what docker said last, where it failed */
async function tryBuild() {
    const env = (0,child/* childEnvironment */.Qc)(process.env, { DOCKER_BUILDKIT: '1' });
    const args = ['build', '--progress=plain', '--output=type=tar,dest=/dev/null', '-'];
    const { code, stderr, timedOut } = await (0,child/* run */.eF)('docker', args, {
        env,
        input: 'FROM scratch\nLABEL io.pypackager.doctor=yes\n',
        limit: 60_000,
    });
    if (timedOut)
        return 'it took longer than 60 s';
    return code === 0 ? undefined : (stderr.trim().split('\n').at(-1) ?? `code ${code}`);
}
/** The text of a file; undefined where it cannot be read. */
async function textOfFile(file) {
    return (0,promises_.readFile)(file, 'utf8').catch(() => undefined);
}

// EXTERNAL MODULE: ./lib/effects/network/registry.js + 1 modules
var network_registry = __webpack_require__(4230);
// EXTERNAL MODULE: ./lib/effects/runner-settings.js
var runner_settings = __webpack_require__(6802);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/inputs/project-table.js
var project_table = __webpack_require__(9453);
// EXTERNAL MODULE: ./lib/inputs/settings.js
var settings = __webpack_require__(8344);
// EXTERNAL MODULE: ./lib/inputs/trust.js
var trust = __webpack_require__(2723);
// EXTERNAL MODULE: ./lib/shelf.js
var shelf = __webpack_require__(1043);
// EXTERNAL MODULE: ./lib/text/addresses.js
var addresses = __webpack_require__(6763);
// EXTERNAL MODULE: ./lib/cli/laptop-words.js
var laptop_words = __webpack_require__(6028);
// EXTERNAL MODULE: ./lib/cli/usage.js
var usage = __webpack_require__(4761);
;// CONCATENATED MODULE: ./lib/cli/doctor/diagnosis.js
const ok = (area, text) => ({ area, state: 'ok', text, next: '' });
const note = (area, text, next) => ({ area, state: 'note', text, next });
const fault = (area, text, next) => ({ area, state: 'fault', text, next });
const unseen = (area, text, next = '') => ({ area, state: 'unseen', text, next });
/** Bytes: with less a build of any size fails, and with less than that a large one. */
const LITTLE = 200e6;
const ENOUGH = 2e9;
/** @param shown the folder, and what it is for @param free bytes; undefined where that cannot be told */
function diskFinding(shown, free, writable) {
    if (!writable)
        return fault('disk', `${shown} cannot be written to`, 'Change its owner, or name another folder.');
    if (free === undefined)
        return unseen('disk', `${shown}: how much is free cannot be told`);
    const left = `${shown} has ${free < 1e9 ? `${Math.floor(free / 1e6)} MB` : `${(free / 1e9).toFixed(1)} GB`} free`;
    if (free < LITTLE)
        return fault('disk', left, 'Make room there; docker system df shows what Docker takes.');
    return free < ENOUGH ? note('disk', left, 'A large project needs more.') : ok('disk', left);
}
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|unable to (verify|get)|self[- ]signed/i;
const NO_NAME = ['ENOTFOUND', 'EAI_AGAIN'];
/** Why nothing answered at an address; undefined where something did. */
function silence(area, shown, answer) {
    if ('status' in answer)
        return undefined;
    const setting = area === 'index' ? '--index-url' : '--registry';
    const { code, message } = answer;
    const said = `${code} ${message}`;
    if (/tunneling socket|proxy/i.test(message))
        return fault(area, `${shown} cannot be reached through the proxy (${message})`, 'Check HTTPS_PROXY and NO_PROXY.');
    if (CERTIFICATE.test(said))
        return fault(area, `${shown} has a certificate that is not trusted here (${code || message})`, 'Name the authority that signed it: --ca-bundle FILE.');
    if (NO_NAME.includes(code))
        return fault(area, `${shown} is not found (DNS)`, `Check ${setting}, and the proxy if there is one.`);
    if (/timeout|ETIMEDOUT/i.test(said))
        return fault(area, `${shown} does not answer`, 'Check the network, and the proxy if there is one.');
    return fault(area, `${shown} cannot be reached (${code || message})`, `Check ${setting}, and whether this machine may connect.`);
}
/** An index, by what its first page answers. @param shown its address without a login */
function indexFinding(shown, answer) {
    const silent = silence('index', shown, answer);
    if (silent || !('status' in answer))
        return silent ?? unseen('index', shown);
    const { status } = answer;
    if (status === 401 || status === 403 || status === 407) {
        return fault('index', `${shown} wants another login (${status})`, 'Set PYPACKAGER_INDEX_CREDENTIALS: machine HOST login NAME password WORD.');
    }
    if (status >= 500 || status === 429)
        return fault('index', `${shown} answers ${status}`, 'Try again later, or name another index: --index-url.');
    if (status >= 400)
        return fault('index', `${shown} answers ${status}: it is no index`, 'Name the folder that pip takes, which often ends in /simple/.');
    return ok('index', `${shown} answers`);
}
/** Seconds by which a clock may be wrong before certificates and logins are. */
const DAY = 86_400;
/** The clock of this machine, by those of the servers that were asked. */
function clockFinding(ahead) {
    const worst = [...ahead].sort((a, b) => Math.abs(b) - Math.abs(a))[0];
    if (worst === undefined)
        return unseen('clock', 'no server told the time');
    if (Math.abs(worst) < DAY)
        return ok('clock', 'as that of the servers');
    const days = Math.round(Math.abs(worst) / DAY);
    return fault('clock', `${days} ${days === 1 ? 'day' : 'days'} ${worst > 0 ? 'ahead of' : 'behind'} that of a server`, 'Set it: certificates and logins are judged by it.');
}
function registryFinding({ registry, answer, login, push, repository }) {
    const silent = silence('registry', registry, answer);
    if (silent || !('status' in answer))
        return silent ?? unseen('registry', registry);
    const wants = answer.status === 401 || answer.status === 403;
    if (!wants && answer.status >= 400)
        return fault('registry', `${registry} answers ${answer.status}: it is no registry`, 'Check --registry: a host, with its port.');
    if (login === 'none' && wants) {
        return fault('registry', `there is no login to ${registry}`, `Run docker login ${registry}, or set --username and PYPACKAGER_PASSWORD.`);
    }
    if (push === 'denied') {
        const next = `Log in as one who may: docker login ${registry}; the account needs the right to write there.`;
        return fault('registry', `${registry} refuses a push to ${repository}`, next);
    }
    if (push === 'limited')
        return note('registry', `${registry} limits requests`, 'Wait, then try again.');
    if (push === 'yes')
        return ok('registry', `${registry} takes ${repository}`);
    const known = login === 'here' ? 'a login is here' : 'it wants no login';
    return ok('registry', `${registry} answers, ${known}${repository ? `; whether it takes ${repository} is not told` : ''}`);
}
function line({ area, state, text, next }) {
    const mark = { ok: '✓', note: '!', fault: '✗', unseen: '–' }[state];
    return `${mark} ${area.padEnd(WIDTH)} ${text}${next ? `. ${next}` : ''}`;
}
/** Of the areas. */
const WIDTH = 13;

// EXTERNAL MODULE: ./lib/plan/reference.js
var reference = __webpack_require__(3698);
// EXTERNAL MODULE: ./lib/plan/version/python-series.js
var python_series = __webpack_require__(1948);
;// CONCATENATED MODULE: ./lib/cli/doctor/parent-image.js




/** The image that a release begins with, as far as the settings tell it: the project may want another Python. */
function parentName(setting) {
    return setting('base-image') || setting('parent-image') || `python:${setting('python-version') || python_series/* DEFAULT_PYTHON */.H1}-slim`;
}
/** @param there whether its registry has it; undefined where that does not tell */
function parentFinding(name, isHere, there) {
    if (isHere)
        return ok('parent image', `${name} is here`);
    if (there)
        return ok('parent image', `${name} is not here, and its registry has it`);
    const next = 'Set --parent-image to one that is here, or that can be pulled.';
    return there === false
        ? fault('parent image', `${name} is not here, and its registry does not have it`, next)
        : note('parent image', `${name} is not here, and its registry does not tell whether it can be pulled`, next);
}
/** Whether the registry of an image has it; undefined where that does not tell. */
async function isAtRegistry(name) {
    const place = (0,reference/* parentPlace */.m)(name);
    if (!place)
        return undefined;
    const api = (0,network_registry.httpRegistry)();
    const asked = async () => api.has({ ...place, login: await api.existingLogin(place.registry) }, place.tag);
    return asked().catch(() => undefined);
}

;// CONCATENATED MODULE: ./lib/cli/doctor/doctor.js





















/** `doctor`: looks at all that a release takes of this machine. @returns 1 where something of that is broken */
async function examineMachine(call, around) {
    const log = (0,terminal_log/* terminalLog */.d)({ stream: call.json ? around.stderr : around.stdout, verbose: call.verbose, env: around.env });
    const found = [];
    const tell = (...findings) => {
        found.push(...findings);
        for (const finding of findings)
            log.info(line(finding));
    };
    tell(ok('node', process.version), await gitFinding());
    const { setting, folder, broken } = await settingsHere(call, around);
    const wheelhouse = external_node_path_.resolve(folder, setting('wheelhouse') || 'wheelhouse');
    if (broken)
        tell(broken);
    const ofDocker = await dockerFindings(parentName(setting));
    tell(...ofDocker);
    const answers = !ofDocker.some(({ area, state }) => area === 'docker' && state === 'fault');
    tell(...(await diskFindings(around, wheelhouse, answers)));
    tell(...(await certificateFindings(around, setting('ca-bundle'))));
    const ahead = [];
    tell(...(await indexFindings(around, { setting, wheelhouse }, ahead)));
    tell(await registryFindings(around, setting, ahead), clockFinding(ahead), await cacheFinding(around));
    const faults = found.filter(({ state }) => state === 'fault').length;
    if (call.json)
        around.stdout.write(`${(0,log_line/* jsonText */.s)({ findings: found, faults }, 2)}\n`);
    log.info(verdict(found));
    return faults === 0 ? usage.EXIT.done : usage.EXIT.failed;
}
function verdict(found) {
    const count = (state) => found.filter((one) => one.state === state).length;
    const faults = count('fault');
    if (faults > 0)
        return `${faults} ${faults === 1 ? 'thing is' : 'things are'} in the way of a release.`;
    return count('note') > 0
        ? 'Nothing is known to be in the way of a release; what may be is marked with !.'
        : 'Nothing is in the way of a release.';
}
/** Settings of this folder; where those of its project cannot be read, the others, and why. */
async function settingsHere(call, { env, cwd }) {
    const given = [(0,settings/* byFlags */.TS)(call.flags, (input) => `--${input}`), (0,settings/* byEnvironment */.NC)(env), (0,settings/* byOldNames */.bC)(env)];
    const folder = external_node_path_.resolve(cwd, call.flags.get('path') || env.PYPACKAGER_PATH || '.');
    let broken;
    const written = await (0,project_table/* projectTable */.O)(files/* files */.a, folder, 'pyproject.toml')
        .then((table) => [(0,settings/* byFile */.y9)('pyproject.toml', table)])
        .catch((error) => {
        broken = findingOf('settings', error);
        return [];
    });
    // Whoever wrote the project has no say over where a password goes, or who is trusted.
    const harmless = written.map((resolver) => (input) => input in trust/* HARMLESS */.yX ? resolver(input) : undefined);
    const found = (0,settings/* resolveSettings */.Mo)([...given, ...harmless]);
    return { setting: (input) => found.get(input)?.value ?? '', folder, broken };
}
/** A fault that a release would tell in the same words. */
function findingOf(area, error) {
    if (!(error instanceof errors/* UserError */.yo))
        throw error;
    return fault(area, (0,laptop_words/* laptopWords */.w)(error.message), (0,laptop_words/* laptopWords */.w)(error.next));
}
async function gitFinding() {
    const version = await versionOf('git');
    if (version)
        return ok('git', version.replace('git version ', ''));
    return note('git', 'there is no git on PATH', 'Install it: dates, versions and names of images come from the repository.');
}
async function dockerFindings(parent) {
    const told = [];
    const config = external_node_path_.join((0,docker_config/* userDockerConfig */.O8)(), 'config.json');
    if ((await (0,docker_config/* readDockerConfig */.TO)()).damage === 'unreadable') {
        const next = 'Write it again, or remove it: docker has none of its settings and logins.';
        told.push(fault('docker login', `${config} cannot be read as JSON`, next));
    }
    const log = {
        mask: () => { },
        info: () => { },
        foreign: () => { },
        debug: () => { },
        notice: (text) => void told.push(note('builder', text, '')),
        warning: () => { }, // of the file above
        group: (_, work) => work(),
    };
    const docker = (0,docker_docker/* dockerClient */._)({ temp: '', runId: 'doctor', log });
    try {
        const { server, client, buildx } = await docker.connect();
        told.unshift(ok('docker', `Engine ${server}, client ${client}`));
        told.push(ok('buildx', buildx ? ((await versionOf('docker', ['buildx', 'version'])) ?? 'there') : `not needed by a client of ${client}`));
        if (!told.some(({ area }) => area === 'builder'))
            told.push(ok('builder', "the daemon's own"));
        const failed = await tryBuild();
        told.push(failed ? fault('buildkit', `a build of nothing fails: ${failed}`, 'Check the log of the Docker daemon.') : ok('buildkit', 'builds'));
        const isHere = await docker.inspect(parent).then(Boolean, () => false);
        told.push(parentFinding(parent, isHere, isHere || (await isAtRegistry(parent))));
    }
    catch (error) {
        told.unshift(findingOf('docker', error));
    }
    const missing = await missingHelpers();
    const helpers = missing.map((name) => fault('docker login', `${config} asks docker-credential-${name}, which is not on PATH`, 'Install it, or take it out of that file.'));
    return [...told, ...helpers];
}
async function diskFindings({ env }, wheelhouse, dockerAnswers) {
    const folders = [
        ['the wheelhouse', wheelhouse],
        ['the folder for temporary files', env.TMPDIR || (0,external_node_os_.tmpdir)()],
    ];
    const own = await Promise.all(folders.map(async ([what, folder]) => diskFinding(`${what} (${folder})`, await roomAt(folder), await isWritable(folder))));
    const images = dockerAnswers ? await daemonFolder() : undefined;
    return [...own, ...(images ? [diskFinding(`Docker's folder of images (${images})`, await roomAt(images), true)] : [])];
}
/** From here on the bundle is trusted, as by a release. */
async function certificateFindings({ cwd, env }, given) {
    const file = given ? external_node_path_.resolve(cwd, given) : (0,runner_settings/* runnerCaBundle */.zC)(env);
    if (!file)
        return [ok('certificates', "Node's own authorities")];
    const text = await textOfFile(file);
    const from = given ? '--ca-bundle' : env.SSL_CERT_FILE ? 'SSL_CERT_FILE' : 'NODE_EXTRA_CA_CERTS';
    if (text === undefined)
        return [fault('certificates', `${from} names ${file}, which cannot be read`, 'Name a PEM file that is there.')];
    const count = (0,runner_settings/* certificatesIn */.Yc)(text).length;
    if (count === 0)
        return [fault('certificates', `${from} names ${file}, which holds no certificate`, 'Name a PEM file with authorities.')];
    const { here } = (0,runner_settings/* trustBundle */.FG)(text);
    const shown = `${count} of ${file} (${from})`;
    return [
        here
            ? ok('certificates', shown)
            : note('certificates', `${shown} are for builds alone`, 'Node 24.5 or later trusts them for downloads, too.'),
    ];
}
async function indexFindings({ env }, { setting, wheelhouse }, ahead) {
    const machine = await (0,runner_settings/* runnerIndexes */.zT)(env);
    const extra = setting('extra-index-urls')
        .split(/[\s,]+/)
        .filter(Boolean);
    const named = [...(extra.length > 0 ? extra : machine.extraIndexUrls), setting('index-url') || machine.indexUrl].filter(Boolean);
    const lock = named.length === 0 ? await textOfFile(external_node_path_.join(wheelhouse, shelf/* SHELF */.jW.lock)) : undefined;
    const kept = /url = "(https?:\/\/[^/"]+)\//.exec(lock ?? '')?.[1];
    const urls = kept ? [`${kept}/`] : named;
    if (urls.length === 0)
        return [unseen('index', 'the public one, which is not asked here')];
    return Promise.all(urls.map(async (url) => {
        if (!URL.canParse(url))
            return fault('index', `${url} is no address`, 'Check --index-url.');
        const { username, password } = new URL(url);
        const plain = (0,addresses/* withoutLogin */.Gq)(url);
        const answer = await askAddress(plain, username ? { username: decodeURIComponent(username), password: decodeURIComponent(password) } : undefined);
        if ('status' in answer && answer.ahead !== undefined)
            ahead.push(answer.ahead);
        // A server of files need not have a first page.
        return kept && 'status' in answer
            ? ok('index', `${plain} answers, where the wheels of the last lock are`)
            : indexFinding(plain, answer);
    }));
}
async function registryFindings({ cwd, env }, setting, ahead) {
    const [registry = ''] = setting('registry').split(/\s/);
    if (!registry)
        return unseen('registry', 'none is named: images stay on this machine (--registry names one to look at)');
    const host = (0,docker_config/* isDockerHub */.gr)(registry) ? 'registry-1.docker.io' : registry;
    const local = /^(localhost|127\.|\[::1\])/.test(host);
    const secure = await askAddress(`https://${host}/v2/`);
    const answer = local && 'code' in secure ? await askAddress(`http://${host}/v2/`) : secure;
    if ('status' in answer && answer.ahead !== undefined)
        ahead.push(answer.ahead);
    const api = (0,network_registry.httpRegistry)();
    const password = env.PYPACKAGER_PASSWORD ?? '';
    const login = password ? { username: setting('username'), password } : await api.existingLogin(registry);
    const origin = await (0,git/* gitClient */.i)(ORIGIN_S).origin(cwd);
    const namespace = setting('namespace') || (origin?.split('/')[0] ?? '').toLowerCase();
    const image = setting('image-name') || (origin?.split('/')[1] ?? external_node_path_.basename(cwd)).toLowerCase();
    const repository = namespace ? `${namespace}/${image}` : '';
    const asked = repository && 'status' in answer ? await api.mayPush({ registry, path: repository, login }).catch(() => undefined) : undefined;
    return registryFinding({ registry, answer, login: login ? 'here' : 'none', push: asked?.answer, repository });
}
const ORIGIN_S = 10;
/** Actions give its address to the steps of actions alone. */
async function cacheFinding({ env }) {
    if (!env.GITHUB_ACTIONS)
        return ok('cache', 'none on a laptop: the wheelhouse stays where it is');
    const address = env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL;
    if (!address)
        return unseen('cache', 'steps of shell commands are not told of the cache service; the action is');
    const answer = await askAddress(address);
    if ('status' in answer)
        return ok('cache', 'its service answers');
    return note('cache', `its service at ${(0,addresses/* withoutLogin */.Gq)(address)} cannot be reached (${answer.code || answer.message})`, 'Releases go on without it; ask whoever runs this runner.');
}


/***/ }),

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
// EXTERNAL MODULE: ./lib/effects/process/child.js + 1 modules
var child = __webpack_require__(3098);
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
