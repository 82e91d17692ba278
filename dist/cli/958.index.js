export const id = 958;
export const ids = [958];
export const modules = {

/***/ 286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vc: () => (/* binding */ PushError),
/* harmony export */   yA: () => (/* binding */ UNFINISHED),
/* harmony export */   zS: () => (/* binding */ BuildError)
/* harmony export */ });
/** Docker as the rest of the code sees it: what is asked of it, and what it says of images and containers. */
/**
 * The repository of images that have no name of their own yet; a tag is the run, and what it makes. So they are found
 * by the run, whatever becomes of it, and no other run has them.
 */
const UNFINISHED = 'pypackager-unfinished';
/** A `docker build` that failed; the message is docker's own last word. */
class BuildError extends Error {
    name = 'BuildError';
    stage;
    step;
    output;
    /** What is shown of it: the same, else docker's own last lines. */
    shown;
    timedOut;
    /** Of its messages those that are errors. */
    messages;
    constructor(cause, { stage, step, output, messages, client = [], timedOut = false }) {
        super(cause);
        this.timedOut = timedOut;
        this.stage = stage;
        this.step = step;
        this.output = output;
        this.shown = output.length > 0 ? output : client;
        this.messages = messages;
    }
}
/** A push that failed; the message is docker's own last line. */
class PushError extends Error {
    name = 'PushError';
    /** `limited`: too many requests. `passing`: the registry is out of order, and docker tried but once. `spent`: the same, and docker tried again and again. */
    why;
    constructor(why, said) {
        super(said);
        this.why = why;
    }
}


/***/ }),

/***/ 5802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ buildArguments),
/* harmony export */   y: () => (/* binding */ csv)
/* harmony export */ });
/** The arguments of one `docker build`. @param file the Dockerfile */
function buildArguments(request, file, machine) {
    const { builder, proxies = [], platform = '' } = machine;
    const head = builder === undefined ? ['build'] : ['buildx', 'build', '--builder', builder, '--provenance=false'];
    const names = csv(`name=${request.tags.join(',')}`);
    const image = request.localOnly && builder !== undefined ? [`--output=type=image,${names},compression=uncompressed`] : tagged(request, builder);
    return [
        ...head,
        '--progress=plain',
        `--file=${file}`,
        ...(request.target ? [`--target=${request.target}`] : []),
        ...(platform ? [`--platform=${platform}`] : []),
        ...image,
        ...Object.entries(request.labels ?? {}).map(([name, value]) => `--label=${name}=${value}`),
        ...(request.output === undefined ? [] : [`--output=type=local,${csv(`dest=${request.output}`)}`]),
        ...Object.entries(request.args).map(([name, value]) => `--build-arg=${name}=${value}`),
        // BuildKit 0.11 and later follow it; the one built into older clients would only warn of it.
        ...(request.epoch === undefined || builder === undefined ? [] : [`--build-arg=SOURCE_DATE_EPOCH=${request.epoch}`]),
        ...proxies.map((name) => `--build-arg=${name}`),
        ...request.secrets.map((secret) => `--secret=id=${secret.id},${csv(`src=${secret.file}`)}`),
        ...(request.network ? [`--network=${request.network}`] : []),
        ...(request.anew ? withoutCache(request, machine) : []),
        request.context,
    ];
}
/** A stage that was built anew in this run may be used: what it gave must be one thing to all that follow. Older clients know the whole alone. */
function withoutCache({ target, dockerfile }, { builder, fresh = new Set() }) {
    if (builder === undefined || target === '')
        return ['--no-cache'];
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS ([\w.-]+)$/gm)].flatMap(([, stage = '']) => (fresh.has(stage) ? [] : [stage]));
    return stages.length > 0 ? [`--no-cache-filter=${stages.join(',')}`] : [];
}
function tagged(request, builder) {
    const load = builder !== undefined && request.output === undefined ? ['--load'] : [];
    return [...load, ...request.tags.map((tag) => `--tag=${tag}`)];
}
/** A field of `--mount`, `--output` and `--secret`, which Docker reads as a line of CSV. */
function csv(field) {
    return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}


/***/ }),

/***/ 5943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OL: () => (/* binding */ runArguments),
/* harmony export */   V5: () => (/* binding */ sweepContainers),
/* harmony export */   jQ: () => (/* binding */ RUN_LABEL),
/* harmony export */   tq: () => (/* binding */ sweepImages)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _docker_port_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(286);
/* harmony import */ var _process_child_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3098);
/* harmony import */ var _build_arguments_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5802);




/** The label that every container of ours carries; its value is the run. */
const RUN_LABEL = 'io.pypackager.run';
/** Variables that the docker client itself reads: a value for the container must not become one for the client. */
const OF_THE_CLIENT = /^(PATH|HOME|TMPDIR|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|COMPOSE_.*|SSL_CERT_.*|.*_PROXY|.*_proxy|GODEBUG|LD_.*)$/;
/**
 * The arguments of one `docker run`, and what its client's environment gets: values reach the container by
 * name there, so that they are not in the list of processes.
 * @param run the value of the label
 * @param how `background`: it goes on until it is removed, and its image's own program is PID 1; `kept`: it is not removed
 * when it ends; `platform`: '' for the daemon's own
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 */
function runArguments(request, run, how = {}) {
    const name = `pypackager-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    const env = Object.entries(request.env ?? {});
    const passed = env.filter(([key]) => !OF_THE_CLIENT.test(key));
    const args = [
        'run',
        // Without an init a client that is killed leaves a container that takes no signal.
        ...(how.background ? ['--detach'] : [...(how.kept ? [] : ['--rm']), '--init']),
        `--name=${name}`,
        `--label=${RUN_LABEL}=${run}`,
        ...(how.platform ? [`--platform=${how.platform}`] : []),
        ...(request.input === undefined ? [] : ['--interactive']),
        ...(request.entrypoint === undefined ? [] : [`--entrypoint=${request.entrypoint}`]),
        ...(request.user === undefined ? [] : [`--user=${request.user}`]),
        ...(request.network ? [`--network=${request.network}`] : []),
        ...(request.ports ?? []).map((port) => `--publish=${port}`),
        ...(request.volumes ?? []).map((volume) => `--volume=${volume}`),
        ...(request.binds ?? []).map(({ source, target, readOnly }) => {
            const fields = ['type=bind', (0,_build_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .csv */ .y)(`source=${source}`), (0,_build_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .csv */ .y)(`target=${target}`), ...(readOnly ? ['readonly'] : [])];
            return `--mount=${fields.join(',')}`;
        }),
        ...env.map(([key, value]) => (OF_THE_CLIENT.test(key) ? `--env=${key}=${value}` : `--env=${key}`)),
        request.image,
        ...request.command,
    ];
    return { name, args, env: Object.fromEntries(passed) };
}
/** Removes the images of a run that have no name of their own yet. */
async function sweepImages(runId) {
    const env = (0,_process_child_js__WEBPACK_IMPORTED_MODULE_2__/* .childEnvironment */ .Qc)(process.env);
    const found = await (0,_process_child_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)('docker', ['image', 'ls', '--format={{.Repository}}:{{.Tag}}', _docker_port_js__WEBPACK_IMPORTED_MODULE_1__/* .UNFINISHED */ .yA], {
        env,
        limit: 3000,
        afterwards: true,
    });
    const names = found.stdout.split('\n').filter((name) => name.startsWith(`${_docker_port_js__WEBPACK_IMPORTED_MODULE_1__/* .UNFINISHED */ .yA}:${runId}-`));
    if (names.length > 0)
        await (0,_process_child_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)('docker', ['image', 'rm', '--no-prune', ...names], { env, limit: 15_000, afterwards: true });
}
/** Removes the containers of a run, whatever they do: for cancelled runs, and for what a killed one left. */
async function sweepContainers(runId) {
    const env = (0,_process_child_js__WEBPACK_IMPORTED_MODULE_2__/* .childEnvironment */ .Qc)(process.env);
    const found = await (0,_process_child_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)('docker', ['ps', '--all', '--quiet', `--filter=label=${RUN_LABEL}=${runId}`], {
        env,
        limit: 3000,
        afterwards: true,
    });
    const ids = found.code === 0 ? found.stdout.split('\n').filter(Boolean) : [];
    if (ids.length > 0)
        await (0,_process_child_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)('docker', ['rm', '--force', '--volumes', ...ids], { env, limit: 15_000, afterwards: true });
}


/***/ }),

/***/ 4454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dl: () => (/* binding */ warnOfDamage),
/* harmony export */   H$: () => (/* binding */ loginKey),
/* harmony export */   O8: () => (/* binding */ userDockerConfig),
/* harmony export */   Pe: () => (/* binding */ dockerConfigFolder),
/* harmony export */   TO: () => (/* binding */ readDockerConfig),
/* harmony export */   gr: () => (/* binding */ isDockerHub)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7934);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6650);





/** Where the user's docker configuration is. */
function userDockerConfig() {
    return node_path__WEBPACK_IMPORTED_MODULE_2__.resolve(process.env.DOCKER_CONFIG || node_path__WEBPACK_IMPORTED_MODULE_2__.join((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.docker'));
}
/** Docker Hub's names, and the one under which docker keeps its login, in the file and with helpers. */
const HUB = { names: ['', 'docker.io', 'index.docker.io'], key: 'https://index.docker.io/v1/' };
function isDockerHub(registry) {
    return HUB.names.includes(registry);
}
/** The name under which docker keeps the login of a registry. */
function loginKey(registry) {
    return isDockerHub(registry) ? HUB.key : registry;
}
const LOGIN = valibot__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    /** `user:password` in base64. */
    auth: valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), undefined),
    username: valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), undefined),
    password: valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), undefined),
    identitytoken: valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), undefined),
});
const LOGINS = valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(LOGIN, {})), {});
const HELPERS = valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), {});
/** What docker keeps in its file; what is of another kind counts as absent, the rest is passed on as it is. */
const CONFIG = valibot__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    auths: valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(LOGINS, {}),
    credHelpers: valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(HELPERS, {}),
    credsStore: valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), undefined),
    currentContext: valibot__WEBPACK_IMPORTED_MODULE_4__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()), undefined),
});
const EMPTY = valibot__WEBPACK_IMPORTED_MODULE_4__/* .parse */ .qgA(CONFIG, {});
/** The user's docker configuration, and the logins of DOCKER_AUTH_CONFIG, which docker prefers since 28.3. */
async function readDockerConfig() {
    const read = await readFileOf(node_path__WEBPACK_IMPORTED_MODULE_2__.join(userDockerConfig(), 'config.json'));
    const { auths } = parsed(process.env.DOCKER_AUTH_CONFIG ?? '') ?? EMPTY;
    const { config, ...rest } = read;
    const helpers = Object.fromEntries(Object.keys(auths).map((name) => [name, '']));
    return { ...rest, config: { ...config, auths: { ...config.auths, ...auths }, credHelpers: { ...config.credHelpers, ...helpers } } };
}
async function readFileOf(file) {
    let bytes;
    try {
        bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file);
    }
    catch (error) {
        return { config: EMPTY, damage: error.code === 'ENOENT' ? 'none' : 'unreadable' };
    }
    // Windows programs begin a file with a mark of its encoding, which docker takes for a fault.
    const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
    const text = marked.replace(/^\uFEFF/, '');
    const config = parsed(text);
    return config ? { config, damage: text === marked ? 'none' : 'healed' } : { config: EMPTY, damage: 'unreadable' };
}
/** Docker goes on without a file that it cannot read. */
async function warnOfDamage(log) {
    if ((await readDockerConfig()).damage !== 'unreadable')
        return;
    const file = node_path__WEBPACK_IMPORTED_MODULE_2__.join(userDockerConfig(), 'config.json');
    log.warning(`${file} cannot be read as JSON, so docker has none of its settings and logins: write it again, or remove it.`);
}
/** An empty file and `null` are no settings, as docker has it. */
function parsed(text) {
    return text.trim() === '' ? EMPTY : ((0,_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .readJson */ .Vh)(valibot__WEBPACK_IMPORTED_MODULE_4__/* .nullable */ .mee(CONFIG), text) ?? (text.trim() === 'null' ? EMPTY : undefined));
}
/**
 * A docker configuration of this run alone (0700), so that a login does not race with other jobs on
 * the machine and goes away with the run: the user's settings copied, all else linked (contexts, plugins, keys of
 * content trust, and the certificates that docker takes from here for a daemon behind TLS). For the registry that is
 * logged in to, no credential helper: it would keep the login beyond the run.
 */
async function dockerConfigFolder(temp, registry) {
    const folder = node_path__WEBPACK_IMPORTED_MODULE_2__.join(temp, 'docker-config');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true, mode: 0o700 });
    const user = userDockerConfig();
    const { config } = await readDockerConfig();
    const credHelpers = registry === undefined ? config.credHelpers : { ...config.credHelpers, [loginKey(registry)]: '' };
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, 'config.json'), JSON.stringify({ ...config, credHelpers }), { mode: 0o600 });
    const shares = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(user).catch(() => []);
    for (const shared of shares.filter((name) => name !== 'config.json')) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.symlink)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(user, shared), node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, shared)).catch(ifThere);
    }
    return folder;
}
function ifThere(error) {
    if (error.code !== 'EEXIST')
        throw error;
}


/***/ }),

/***/ 4052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ dockerClient)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/grammar.js
var grammar = __webpack_require__(6650);
;// CONCATENATED MODULE: ./lib/effects/network/proxies.js
/**
 * The proxies of the runner by the names that tools and Docker know, in either case.
 * @see https://docs.docker.com/build/building/variables/#pre-defined-build-arguments
 */
function runnerProxies(env) {
    return Object.entries(env).flatMap(([name, value]) => /^(https?|ftp|all|no)_proxy$/i.test(name) && value ? [[name, value]] : []);
}
/**
 * Names of the proxy variables that a build is given; docker takes their values from the environment, so no
 * password of a proxy is an argument, and BuildKit keeps them out of cache keys and history. A proxy on
 * loopback is another one in a container, unless that shares the host's network.
 */
function proxiesFor({ network }, env) {
    if (network === 'none')
        return [];
    const proxies = runnerProxies(env).filter(([, value]) => network === 'host' || !/^(\w+:\/\/)?([^/@]*@)?(localhost|127\.|\[::1\])/i.test(value));
    return proxies.some(([name]) => !/^no_proxy$/i.test(name)) ? proxies.map(([name]) => name) : [];
}

// EXTERNAL MODULE: ./lib/effects/process/child.js + 1 modules
var child = __webpack_require__(3098);
// EXTERNAL MODULE: ./lib/effects/docker/build-arguments.js
var build_arguments = __webpack_require__(5802);
// EXTERNAL MODULE: ./lib/text/stage-words.js
var stage_words = __webpack_require__(6721);
// EXTERNAL MODULE: ./lib/text/words.js
var words = __webpack_require__(8810);
// EXTERNAL MODULE: ./lib/time-limits.js
var time_limits = __webpack_require__(8995);
// EXTERNAL MODULE: ./lib/effects/docker-port.js
var docker_port = __webpack_require__(286);
// EXTERNAL MODULE: ./lib/effects/files/full-disk.js
var full_disk = __webpack_require__(5363);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./lib/text/stage-message.js
var stage_message = __webpack_require__(47);
;// CONCATENATED MODULE: ./lib/effects/docker/progress.js


/** What a stage without a name is called. */
const UNNAMED = 'image';
/**
 * Reads the lines of `--progress=plain`, which look alike from BuildKit 0.8 to 0.33:
 * `#7 [lock 1/1] RUN …`, `#7 0.412 text`, `#7 DONE 1.0s`, `#7 CACHED`, `#7 ERROR: …`. The only stage of a
 * Dockerfile may have no name: `#7 [2/3] RUN …`.
 */
function progressReader() {
    const vertices = new Map();
    return (line) => {
        const match = /^#(\d+) (.*)$/.exec(line);
        if (!match)
            return undefined;
        const [, id = '', rest = ''] = match;
        const head = /^\[(?:[a-z]+\/[a-z0-9/]+ )?(?:([\w.-]+)(?: +\d+\/\d+)?|\d+\/\d+)\] (.*)$/.exec(rest);
        if (head && head[1] !== 'internal' && head[1] !== 'auth') {
            if (vertices.has(id))
                return undefined;
            const vertex = { stage: head[1] ?? UNNAMED, step: head[2] ?? '' };
            vertices.set(id, vertex);
            return { kind: 'started', ...vertex };
        }
        const vertex = vertices.get(id);
        if (!vertex)
            return undefined;
        if (rest === 'CACHED')
            return { kind: 'cached', ...vertex };
        const done = /^DONE ([\d.]+)s$/.exec(rest);
        if (done)
            return { kind: 'done', ...vertex, seconds: Number(done[1]) };
        const failed = /^ERROR:? (.*)$/.exec(rest);
        if (failed)
            return { kind: 'failed', ...vertex, text: failed[1] ?? '' };
        const text = /^\d+\.\d+ (.*)$/.exec(rest);
        return text ? { kind: 'text', stage: vertex.stage, text: text[1] ?? '' } : undefined;
    };
}
/** How much of the context was sent, as BuildKit tells it (`#5 transferring context: 1.07GB 10.2s`), and whether that is all. */
function sentIn(line) {
    const match = /^#\d+ transferring context: (\d[\d.]{0,9}[kMGT]?B)(?: [\d.]{1,9}s)?( done)?$/.exec(line);
    return match ? { size: match[1] ?? '', all: match[2] !== undefined } : undefined;
}
const OURS = 'pypackager: ';
/** A line of a stage that is addressed to the user: `pypackager: notice[code]: …`. */
function messageIn(stage, text) {
    return text.startsWith(OURS) ? (0,stage_message/* readMessage */._)(stage, text.slice(OURS.length)) : undefined;
}
/** Longest text that is taken from a build, in bytes. */
const LONGEST_TOLD = 4 << 20;
/** The stages whose scripts say something to us alone. */
const TELLERS = { imported: 'trial' };
/**
 * Puts together what scripts say to us alone. It comes out of steps that run anybody's code: what cannot be read is left out,
 * and so is what another stage says.
 * @returns a reader of lines, which tells whether one was of that kind
 */
function hearing(hears) {
    const told = new Map();
    return (stage, text) => {
        const match = /^pypackager: (imported): ([\w+/=]+|\.)$/.exec(text);
        if (!match)
            return false;
        const kind = match[1];
        if (stage !== TELLERS[kind])
            return true;
        const [before, piece = ''] = [told.get(kind) ?? '', match[2]];
        if (piece !== '.') {
            if (before.length < LONGEST_TOLD)
                told.set(kind, before + piece);
            return true;
        }
        told.delete(kind);
        const whole = unpacked(before);
        if (whole !== undefined)
            hears[kind]?.(whole);
        return true;
    };
}
function unpacked(text) {
    try {
        return (0,external_node_zlib_.inflateSync)(Buffer.from(text, 'base64'), { maxOutputLength: LONGEST_TOLD }).toString();
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/effects/docker/build-run.js






/** What is kept of a stage's output, and of its longest line in characters. */
const KEPT_LINES = 400;
const KEPT_LINE = 1000;
/** Messages of one build that are told: any code can print them. */
const TOLD_MESSAGES = 200;
/** What takes long to send, and is seldom meant. */
const LARGE = /^[\d.]+[GT]B$/;
const ADVICE = 'a .dockerignore leaves out those that the image does not need';
/**
 * Runs one `docker build` and tells what its stages do.
 * @param build starts it; its lines go to the options' `onLine`
 * @throws BuildError
 */
async function runBuild(build, request, { limit, heartbeat, log }) {
    const started = performance.now();
    const follower = follow(request, log);
    const left = () => (0,time_limits/* inWords */.r4)((0,time_limits/* leftOf */.lC)(limit / 1000, started));
    const beat = setInterval(() => log.foreign([follower.atWork(started, left())]), heartbeat);
    beat.unref();
    const result = await build({ limit, onLine: follower.onLine }).finally(() => clearInterval(beat));
    if (result.timedOut) {
        const stage = follower.active() ?? request.target;
        const cause = `took longer than ${(0,time_limits/* inWords */.r4)(limit / 1000)} and was stopped`;
        throw new docker_port/* BuildError */.zS(cause, { stage, step: '', output: follower.output(stage), messages: follower.messages, timedOut: true });
    }
    if (result.code !== 0) {
        if (request.output !== undefined)
            await (0,full_disk/* refuseFullDisk */.J)(request.output); // the client says "EOF" of it, or "context canceled"
        const at = follower.failed() ?? { stage: request.target, step: '' };
        const { rest } = follower;
        throw new docker_port/* BuildError */.zS(buildFailure(result.code, rest), {
            ...at,
            output: follower.output(at.stage),
            messages: follower.messages,
            client: rest.slice(-20),
        });
    }
    return { seconds: (performance.now() - started) / 1000 };
}
/** Reads the lines of a build as they come, and remembers what an error of it would show. */
function follow({ target, hears, onStage, onMessage }, log) {
    const read = progressReader();
    const heard = hearing(hears ?? {});
    const output = new Map();
    const messages = [];
    const active = new Map();
    /** The client's own lines. */
    const rest = [];
    let told = 0;
    /** Of the context, while it is sent. */
    let sent = '';
    let failed;
    function tell(stage, text) {
        const message = messageIn(stage, text);
        const since = active.get(stage)?.since ?? performance.now();
        // What is addressed to the user has a line of its own.
        active.set(stage, { since, text: message ? '' : text.slice(0, KEPT_LINE) });
        if (!message)
            log.progress?.(`${(0,stage_words/* stageWords */._)(stage)}: ${text}`);
        if (message && ++told === TOLD_MESSAGES)
            log.info('  … more messages not shown');
        if (message && told < TOLD_MESSAGES) {
            if (message.level === 'error')
                messages.push(message);
            else
                onMessage?.(message);
        }
        const kept = output.get(stage) ?? [];
        keep(kept, text);
        output.set(stage, kept);
    }
    function took(event) {
        active.delete(event.stage);
        if (!event.step.startsWith('RUN'))
            return;
        onStage?.(event.stage, event.kind === 'cached');
        if (event.kind === 'done' && event.seconds >= 1)
            log.info(`  ${(0,stage_words/* stageWords */._)(event.stage)}: ${event.seconds.toFixed(1)} s`);
    }
    return {
        rest,
        messages,
        output: (stage) => output.get(stage) ?? [],
        failed: () => failed,
        active: () => [...active.keys()].at(-1),
        atWork(started, left) {
            const [stage, at] = [...active].at(-1) ?? [target || 'docker build', { since: started, text: sent }];
            const since = performance.now() - at.since < 1000 ? '' : `${secondsSince(at.since)}, `;
            return `  … ${(0,stage_words/* stageWords */._)(stage)}: still at work (${since}time limit in ${left})${at.text ? `: ${at.text.slice(0, 100)}` : ''}`;
        },
        onLine(line) {
            log.debug(line);
            const sending = sentIn(line);
            if (sending)
                sent = sending.all ? '' : `${sending.size} of files are sent`;
            if (sending?.all && LARGE.test(sending.size))
                log.info(`  ${sending.size} of files were sent to this build: ${ADVICE}`);
            const event = read(line);
            if (!event && line.trim() && !/^#\d+ /.test(line))
                keep(rest, line);
            if (event?.kind === 'failed')
                failed ??= event;
            if (event?.kind === 'started') {
                active.set(event.stage, { since: performance.now(), text: '' });
                log.progress?.(`${(0,stage_words/* stageWords */._)(event.stage)}: ${event.step}`);
            }
            if (event?.kind === 'done' || event?.kind === 'cached')
                took(event);
            if (event?.kind === 'text' && !heard(event.stage, event.text))
                tell(event.stage, event.text);
        },
    };
}
/** How long something takes by now. */
function secondsSince(start) {
    return `${Math.round((performance.now() - start) / 1000)} s`;
}
/** The last lines, each of a length that can be shown. */
function keep(lines, line) {
    lines.push((0,words/* shorten */.ml)(line, KEPT_LINE));
    if (lines.length > KEPT_LINES)
        lines.shift();
}
/** Docker's own last word, without what it says before each. Around it, newer clients show the Dockerfile between dashes. */
function buildFailure(code, rest) {
    if (code === 137)
        return 'docker build was killed (137), most likely for memory';
    const last = rest.findLast((line) => /^error: /i.test(line)) ??
        rest.findLast((line) => /error|failed|cannot|denied/i.test(line)) ??
        rest.at(-1) ??
        `docker build ended with code ${code}`;
    return (0,words/* causeIn */.Po)(last);
}

// EXTERNAL MODULE: ./lib/effects/docker/docker-config.js
var docker_config = __webpack_require__(4454);
;// CONCATENATED MODULE: ./lib/effects/docker/builders.js



/**
 * The builder of the daemon itself, as Buildx calls it: by the context that docker takes.
 * @see https://docs.docker.com/engine/manage-resources/contexts/
 */
async function daemonBuilder() {
    if (process.env.DOCKER_HOST)
        return 'default';
    const { currentContext } = (await (0,docker_config/* readDockerConfig */.TO)()).config;
    return process.env.DOCKER_CONTEXT || currentContext || 'default';
}
/**
 * The environment of a build. Where `docker buildx install` was called, a client before 23 hands `docker build` to
 * Buildx, which takes the selected builder and adds a provenance that makes an index of the image.
 */
async function buildEnvironment() {
    return { BUILDX_BUILDER: await daemonBuilder(), BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
}
/**
 * What to tell of a builder that the user selected (docker/setup-buildx-action does) and that is not the daemon's:
 * it sees no image of the daemon, and leaves none there. Undefined where none is.
 */
async function unusedBuilder(docker) {
    const named = process.env.BUILDX_BUILDER ?? '';
    if (!named && !(await selects()))
        return undefined;
    const { code, stdout } = await docker(['buildx', 'inspect'], { limit: 15_000 });
    const field = (name) => new RegExp(`^${name}: +(\\S+)`, 'm').exec(stdout)?.[1];
    const [name, driver] = code === 0 ? [field('Name') ?? named, field('Driver')] : [named, undefined];
    if (driver === 'docker' || !name || name === (await daemonBuilder()))
        return undefined;
    return `The builder ${name}${driver ? ` (${driver})` : ''} is not used: each image is made from the one before, which only the daemon's own builder sees.`;
}
/** Whether `docker buildx use` was ever called: only then is Buildx asked, which takes a while. */
async function selects() {
    const folder = process.env.BUILDX_CONFIG || external_node_path_.join((0,docker_config/* userDockerConfig */.O8)(), 'buildx');
    const there = (name) => (0,promises_.access)(external_node_path_.join(folder, name)).then(() => true, () => false);
    return (await there('current')) || (await there('defaults'));
}

// EXTERNAL MODULE: ./lib/effects/docker/containers.js
var containers = __webpack_require__(5943);
;// CONCATENATED MODULE: ./lib/effects/docker/docker-faults.js


// What the docker client's own words mean for a user.
function noDocker(result) {
    const said = result.stderr;
    if (result.code === 127) {
        return new errors/* UserError */.yo('docker', 'there is no docker command on PATH', 'Use a Linux runner with Docker, or install Docker Engine.');
    }
    if (/permission denied/i.test(said)) {
        return new errors/* UserError */.yo('docker', "this user may not use Docker's socket", 'Add the user to the group docker, or run as one who may.');
    }
    if (result.timedOut)
        return new errors/* UserError */.yo('docker', 'the Docker daemon did not answer in 15 s', { next: 'Restart it, then run again.', kind: 'passing' });
    const apart = /client version \S+ is too (old|new)\b.*supported API version is ([\d.]*\d)/i.exec(said);
    if (apart)
        return otherApi(apart[1] === 'old', apart[2] ?? '');
    const host = /at ((?:unix|tcp|ssh|npipe):\S+?)\.?\s/.exec(`${said} `)?.[1];
    return new errors/* UserError */.yo('docker', `no Docker daemon answers${host ? ` at ${host}` : `: ${(0,words/* lastLine */.fM)(said)}`}`, 'Start Docker (systemctl start docker), or set DOCKER_HOST.');
}
/**
 * Engine 29.0 takes no client before 25, whose API is 1.44.
 * @param bound the API version that the daemon names
 * @see https://docs.docker.com/reference/api/engine/#versioned-api-and-sdk
 */
function otherApi(old, bound) {
    const asked = process.env.DOCKER_API_VERSION;
    return new errors/* UserError */.yo('docker', `the docker client is too ${old ? 'old' : 'new'} for the daemon, which takes the API ${bound} or ${old ? 'later' : 'earlier'}`, asked
        ? `Unset DOCKER_API_VERSION, which is ${asked}.`
        : `Install ${old ? 'a newer docker client, with its Buildx plugin' : 'a newer Docker Engine'}.`);
}
function cannotPull(reference, said, named = {
    step: 'base',
    what: `parent image ${reference}`,
    next: 'Check parent-image (and python-version), or log in before this step.',
}) {
    const cause = /toomanyrequests|429/i.test(said)
        ? 'the registry limits pulls (429)'
        : /not found|manifest unknown|does not exist/i.test(said)
            ? 'the registry has no such image'
            : /denied|unauthorized|not authorized|forbidden|authentication required|no basic auth/i.test(said)
                ? 'the registry wants another login'
                : (0,words/* causeIn */.Po)((0,words/* lastLine */.fM)(said));
    return new errors/* UserError */.yo(named.step, `${named.what} is not here and cannot be pulled: ${cause}`, {
        next: named.next,
        kind: SILENT.test(said) ? 'passing' : 'failed',
    });
}
function cannotLogIn(registry, username, result) {
    const said = (0,words/* causeIn */.Po)((0,words/* lastLine */.fM)(result.stderr));
    if (result.timedOut || NO_ANSWER.test(said)) {
        return new errors/* UserError */.yo('push', `${registry} cannot be logged in to: ${result.timedOut ? 'it did not answer in 30 s' : said}`, {
            next: 'Check registry, and whether this machine reaches it; push again.',
            kind: result.timedOut || SILENT.test(said) ? 'passing' : 'failed',
        });
    }
    return new errors/* UserError */.yo('push', `login to ${registry} as ${username} was refused: ${said}`, 'Check username and password; on pull requests from forks secrets are absent.');
}
/** What is no answer to a login: names, connections, certificates, and servers out of order. */
const NO_ANSWER = /no such host|dial tcp|connection re(fused|set)|timeout|deadline|\bEOF\b|x509|toomanyrequests|status\D*\b(429|5\d\d)\b/i;
/** Of these, what another try may find otherwise. */
const SILENT = /connection re(fused|set)|timeout|deadline|\bEOF\b|toomanyrequests|\b429\b|status\D*\b5\d\d\b|i\/o timeout/i;

;// CONCATENATED MODULE: ./lib/effects/docker/docker-shell.js




const HEARTBEAT_MS = 15_000;
/** Milliseconds for a question to the daemon, which may be busy with builds of others. */
const ANSWER_MS = 300_000;
/** Calls of docker's command line, and what one run knows of it. */
class DockerShell {
    temp;
    runId;
    log;
    platform;
    heartbeat;
    /** Seconds. */
    limits;
    /** Since the daemon was asked. */
    engine;
    /** The folder of the private login. */
    config;
    waited = 0;
    waiting = 0;
    since = 0;
    constructor({ temp, runId, log }, { platform = '', timeout = '', heartbeat = HEARTBEAT_MS }) {
        this.temp = temp;
        this.runId = runId;
        this.log = log;
        this.platform = platform;
        this.heartbeat = heartbeat;
        this.limits = { build: (0,time_limits/* limitOf */.LF)('build', timeout), transfer: (0,time_limits/* limitOf */.LF)('transfer', timeout), run: (0,time_limits/* limitOf */.LF)('run', timeout) };
    }
    /** Seconds in which at least one call was waited for. */
    get seconds() {
        return this.waited;
    }
    get onPlatform() {
        return this.platform ? [`--platform=${this.platform}`] : [];
    }
    docker = (args, options = {}) => this.waitingFor(() => (0,child/* run */.eF)('docker', args, { env: clientEnvironment(), limit: ANSWER_MS, ...options }));
    streamed = (args, read) => this.waitingFor(() => (0,child/* runInto */.E1)('docker', args, { env: (0,child/* childEnvironment */.Qc)(process.env), take: read, limit: this.limits.transfer * 1000 }));
    /** Only login, pull and push see the private configuration; builds keep the user's. */
    async withLogin() {
        // Older clients know nothing of DOCKER_AUTH_CONFIG, newer ones prefer it to a login; and a file with a mark is read by none.
        if (!this.config && (process.env.DOCKER_AUTH_CONFIG || (await (0,docker_config/* readDockerConfig */.TO)()).damage === 'healed')) {
            this.config = await (0,docker_config/* dockerConfigFolder */.Pe)(this.temp, undefined);
        }
        if (!this.config)
            return {};
        return { env: (0,child/* childEnvironment */.Qc)(process.env, { DOCKER_CONFIG: this.config, DOCKER_AUTH_CONFIG: undefined }) };
    }
    /** A line now and then for work that says nothing by itself. */
    async withHeartbeat(what, work) {
        const started = performance.now();
        const left = () => (0,time_limits/* inWords */.r4)((0,time_limits/* leftOf */.lC)(this.limits.transfer, started));
        const beat = setInterval(() => this.log.info(`  … ${what} (${secondsSince(started)}, time limit in ${left()})`), this.heartbeat);
        try {
            return await work();
        }
        finally {
            clearInterval(beat);
        }
    }
    async waitingFor(work) {
        if (this.waiting++ === 0)
            this.since = performance.now();
        try {
            return await work();
        }
        finally {
            if (--this.waiting === 0)
                this.waited += (performance.now() - this.since) / 1000;
        }
    }
}
/** What docker's client sees of our environment. */
function clientEnvironment(more = {}) {
    return (0,child/* childEnvironment */.Qc)(process.env, { DOCKER_BUILDKIT: '1', DOCKER_CLI_HINTS: 'false', ...more });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/effects/files/tar-reader.js
var tar_reader = __webpack_require__(3029);
;// CONCATENATED MODULE: ./lib/effects/docker/images/image-archive.js





/** Longest document (configuration, manifest) that is kept in memory. */
const LONGEST_DOCUMENT = 16 << 20;
/**
 * Reads what `docker save` writes, as it comes and without a file: the format of 20.10
 * (`<id>/layer.tar`, links for layers that are there twice) and the OCI layout of newer engines, whose
 * layers may be compressed. What is a layer is told by its content, so that neither the names nor the
 * order of the members matter.
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
async function readImageArchive(chunks, reader) {
    let blob;
    const open = new Set();
    const outer = new tar_reader/* TarReader */.R({
        member(member) {
            blob = member.kind === 'file' ? blobOf(reader) : undefined;
            if (blob)
                open.add(blob);
        },
        data: (piece) => blob?.data(piece),
        end: () => blob?.end(),
    });
    for await (const chunk of chunks) {
        // In short pieces: a member that ends and its successor may lie in one chunk, and each is waited for.
        for (let at = 0; at < chunk.length; at += STRIDE) {
            outer.push(chunk.subarray(at, at + STRIDE));
            for (const each of open) {
                await each.ready();
                if (each !== blob)
                    open.delete(each);
            }
        }
    }
    if (!outer.ended)
        throw new Error('what docker saved ends before its end');
}
const STRIDE = 64 << 10;
/** Reads the archive of one folder, as `docker cp` writes it; that it is done is left to the caller to say. */
async function readFolderArchive(chunks, layer) {
    const tar = new tar_reader/* TarReader */.R(layer);
    for await (const chunk of chunks)
        tar.push(chunk);
    if (!tar.ended)
        throw new Error('what docker copied ends before its end');
}
/** A member of the outer archive: what it is shows with its first bytes. */
function blobOf(reader) {
    let kind;
    let first = Buffer.alloc(0);
    const decide = () => {
        kind = /^\s*[[{]/.test(first.toString('latin1', 0, 8)) ? documentOf(reader) : layerOf(reader, first);
        kind.data(first);
    };
    return {
        data(piece) {
            if (kind)
                return kind.data(piece);
            first = Buffer.concat([first, piece]);
            if (first.length >= 8)
                decide();
        },
        end() {
            if (!kind && first.length > 3)
                decide();
            kind?.end();
        },
        ready: async () => kind?.ready(),
    };
}
function documentOf(reader) {
    const pieces = [];
    let length = 0;
    return {
        data(piece) {
            length += piece.length;
            if (length > LONGEST_DOCUMENT)
                throw new Error('a document of the image is too long');
            pieces.push(Buffer.from(piece));
        },
        end: () => reader.document(Buffer.concat(pieces).toString('utf8')),
        ready: async () => { },
    };
}
function layerOf(reader, first) {
    const unpack = decompressor(first);
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const layer = reader.layer();
    const tar = new tar_reader/* TarReader */.R(layer);
    const take = (piece) => {
        hash.update(piece);
        tar.push(piece);
    };
    const done = () => layer.done(`sha256:${hash.digest('hex')}`);
    if (!unpack)
        return { data: take, end: done, ready: async () => { } };
    let full;
    unpack.on('data', (piece) => {
        try {
            take(piece);
        }
        catch (error) {
            unpack.destroy(error);
        }
    });
    const ended = (0,external_node_stream_promises_.finished)(unpack).then(done);
    ended.catch(() => { }); // it is awaited below
    return {
        data(piece) {
            if (!unpack.write(Buffer.from(piece)))
                full = Promise.race([(0,external_node_events_.once)(unpack, 'drain'), ended]);
        },
        end() {
            unpack.end();
            full = Promise.all([full, ended]);
        },
        async ready() {
            await full;
            full = undefined;
        },
    };
}
function decompressor(first) {
    if (first.readUInt16BE() === 0x1f8b)
        return (0,external_node_zlib_.createGunzip)();
    return first.readUInt32BE() === 0x28b52ffd ? (0,external_node_zlib_.createZstdDecompress)() : undefined;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
;// CONCATENATED MODULE: ./lib/effects/docker/images/image-blobs.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










const OCI = 'application/vnd.oci.image';
const MANIFEST_TYPE = `${OCI}.manifest.v1+json`;
const SAVED = dist/* array */.YOg(dist/* object */.Ikc({ Config: dist/* string */.YjP() }));
const CONFIG = dist/* object */.Ikc({ rootfs: dist/* object */.Ikc({ diff_ids: dist/* array */.YOg(dist/* string */.YjP()) }) });
/** Members of `docker save` that are shorter are no layers: an archive has two empty blocks at its end. */
const SHORTEST_LAYER = 1024;
/**
 * Lays out what `docker save` writes as a registry takes it: the configuration, the layers compressed, and a manifest.
 * The same image gives the same bytes each time.
 * @param folder of this run, which holds the blobs
 * @see https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
async function layOutImage(chunks, folder) {
    await (0,promises_.mkdir)(folder, { recursive: true });
    const members = await unpack(chunks, folder);
    const index = members.get('manifest.json');
    const saved = index === undefined ? undefined : (0,grammar/* readJson */.Vh)(SAVED, await (0,promises_.readFile)(index, 'utf8'));
    const file = saved?.[0] && members.get(external_node_path_.posix.normalize(saved[0].Config));
    if (!file)
        throw new Error('docker saved an image without its configuration');
    const text = await (0,promises_.readFile)(file);
    const wanted = (0,grammar/* readJson */.Vh)(CONFIG, text.toString('utf8'))?.rootfs.diff_ids;
    if (!wanted)
        throw new Error('docker saved an image whose configuration cannot be read');
    const layers = new Map((await Promise.all([...members.values()].map(image_blobs_layerOf))).flatMap((layer) => (layer ? [layer] : [])));
    const config = { file, digest: digestOf(text), size: text.length, type: `${OCI}.config.v1+json` };
    const blobs = wanted.map((diffId) => {
        const layer = layers.get(diffId);
        if (!layer)
            throw new Error(`docker saved an image without its layer ${diffId}`);
        return layer;
    });
    const described = ({ type, digest, size }) => ({ mediaType: type, digest, size });
    const manifest = { schemaVersion: 2, mediaType: MANIFEST_TYPE, config: described(config), layers: blobs.map(described) };
    const body = JSON.stringify(manifest);
    return { blobs: [config, ...new Map(blobs.map((blob) => [blob.digest, blob])).values()], manifest: body, digest: digestOf(body) };
}
function digestOf(content) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(content).digest('hex')}`;
}
/** Writes each file of the archive under a number. @returns the files by their names in the archive */
async function unpack(chunks, folder) {
    const members = new Map();
    const waiting = []; // a file that begins, its pieces, its end
    const tar = new tar_reader/* TarReader */.R({
        member({ path: name, kind }) {
            const file = external_node_path_.join(folder, String(members.size));
            if (kind === 'file')
                members.set(external_node_path_.posix.normalize(name), file);
            waiting.push(kind === 'file' ? file : undefined);
        },
        data: (piece) => void waiting.push(Buffer.from(piece)),
        end: () => void waiting.push(undefined),
    });
    let handle;
    const flush = async () => {
        for (const next of waiting.splice(0)) {
            if (Buffer.isBuffer(next))
                await handle?.writeFile(next);
            else {
                await handle?.close();
                handle = next === undefined ? undefined : await (0,promises_.open)(next, 'w');
            }
        }
    };
    try {
        for await (const chunk of chunks) {
            tar.push(chunk);
            await flush();
        }
    }
    finally {
        await handle?.close();
    }
    if (!tar.ended)
        throw new Error('what docker saved ends before its end');
    return members;
}
/** A layer by its diff ID, compressed where docker keeps it plain; undefined for other files. */
async function image_blobs_layerOf(file) {
    const first = await headOf(file);
    if (first.length < 8 || /^\s*[[{]/.test(first.toString('latin1')))
        return undefined;
    const gzip = first.readUInt16BE() === 0x1f8b;
    if (gzip || first.readUInt32BE() === 0x28b52ffd) {
        const [packed, plain] = [meter(), meter()];
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), packed.through, gzip ? (0,external_node_zlib_.createGunzip)() : (0,external_node_zlib_.createZstdDecompress)(), plain.through, drain);
        return [plain.digest(), { file, digest: packed.digest(), size: packed.size(), type: `${OCI}.layer.v1.tar+${gzip ? 'gzip' : 'zstd'}` }];
    }
    const [packed, plain] = [meter(), meter()];
    const to = `${file}.gz`;
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), plain.through, (0,external_node_zlib_.createGzip)(), packed.through, (0,external_node_fs_.createWriteStream)(to));
    await (0,promises_.rm)(file);
    return plain.size() < SHORTEST_LAYER
        ? undefined
        : [plain.digest(), { file: to, digest: packed.digest(), size: packed.size(), type: `${OCI}.layer.v1.tar+gzip` }];
}
async function headOf(file) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const handle = __addDisposableResource(env_1, await (0,promises_.open)(file), true);
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
        return buffer.subarray(0, bytesRead);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Hashes and counts what passes. */
function meter() {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    const through = new external_node_stream_.Transform({
        transform(piece, _encoding, done) {
            hash.update(piece);
            size += piece.length;
            done(null, piece);
        },
    });
    let digest;
    return {
        through,
        size: () => size,
        digest: () => {
            digest ??= `sha256:${hash.digest('hex')}`;
            return digest;
        },
    };
}
async function drain(source) {
    for await (const _piece of source) {
        // read to its end
    }
}

;// CONCATENATED MODULE: ./lib/effects/docker/images/image-info.js


const texts = dist/* optional */.lqM(dist/* nullable */.mee(dist/* array */.YOg(dist/* string */.YjP()), []), []);
const image_info_text = dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP(), ''), '');
const record = dist/* optional */.lqM(dist/* nullable */.mee(dist/* record */.g1P(dist/* string */.YjP(), dist/* string */.YjP()), {}), {});
/** What Docker answers; its configuration is whatever the image's author wrote there. */
const ANSWER = dist/* object */.Ikc({
    Id: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^sha256:[0-9a-f]+$/)),
    RepoTags: texts,
    RepoDigests: texts,
    Size: dist/* optional */.lqM(dist/* number */.aig(), 0),
    GraphDriver: dist/* optional */.lqM(dist/* nullable */.mee(dist/* object */.Ikc({ Data: dist/* optional */.lqM(dist/* unknown */.L5J()) }))),
    Created: image_info_text,
    Architecture: image_info_text,
    Variant: image_info_text,
    Config: dist/* optional */.lqM(dist/* nullable */.mee(dist/* unknown */.L5J())),
    RootFS: dist/* optional */.lqM(dist/* nullable */.mee(dist/* object */.Ikc({ Layers: texts }))),
});
const image_info_CONFIG = dist/* object */.Ikc({ Labels: record, User: image_info_text, WorkingDir: image_info_text, Env: texts, Entrypoint: texts, Cmd: texts });
/**
 * The first image of what `docker image inspect` answers.
 * @returns beside it whether its size is that of its layers unpacked: with containerd's image store, which has no
 * data of a storage driver to tell, Docker counts the archives that it keeps of them too; undefined where it is no answer
 */
function imageInfo(answer) {
    const read = dist/* safeParse */.xLC(dist/* looseTuple */.t6w([ANSWER]), answer);
    if (!read.success)
        return undefined;
    const [image] = read.output;
    const config = dist/* safeParse */.xLC(image_info_CONFIG, image.Config ?? {});
    if (!config.success)
        return undefined;
    const info = {
        id: image.Id,
        names: image.RepoTags ?? [],
        digests: image.RepoDigests ?? [],
        size: image.Size,
        created: image.Created ?? '',
        architecture: image.Architecture ?? '',
        variant: image.Variant ?? '',
        labels: config.output.Labels ?? {},
        config: {
            user: config.output.User ?? '',
            workingDir: config.output.WorkingDir ?? '',
            env: config.output.Env ?? [],
            entrypoint: config.output.Entrypoint ?? [],
            command: config.output.Cmd ?? [],
        },
        configuration: JSON.stringify(image.Config ?? {}),
        layers: image.RootFS?.Layers ?? [],
    };
    return { info, unpacked: Boolean(image.GraphDriver?.Data) };
}
/** The sum of what `docker history --human=false` tells of each step, in bytes. */
function sizeOfLayers(history) {
    return history.split('\n').reduce((sum, line) => sum + Number(line), 0);
}
const STEP = dist/* object */.Ikc({ CreatedBy: dist/* string */.YjP(), Size: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^\d+$/), dist/* transform */.pdi(Number)) });
/** What `docker history --format={{json .}}` tells, the newest first; a line of another shape is left out. */
function layersIn(history) {
    return history.split('\n').flatMap((line) => {
        const step = (0,grammar/* readJson */.Vh)(STEP, line);
        return step ? [{ by: step.CreatedBy, size: step.Size }] : [];
    });
}

;// CONCATENATED MODULE: ./lib/effects/docker/images/docker-images.js









/** Images of the daemon, and their names. */
function imageStore(shell) {
    return {
        async inspect(reference, measured = false) {
            const result = await inspected(shell, reference);
            if (result.code !== 0)
                return undefined;
            const read = imageInfo((0,grammar/* readJson */.Vh)(dist/* unknown */.L5J(), result.stdout));
            if (!read)
                throw new errors/* UserError */.yo('docker', `docker tells of ${reference} what cannot be read`, 'Check which docker is first on PATH.');
            const { info, unpacked } = read;
            if (unpacked || !measured)
                return info;
            const history = await shell.docker(['history', '--human=false', '--format={{.Size}}', reference]);
            return history.code === 0 ? { ...info, size: sizeOfLayers(history.stdout) } : info;
        },
        async pull(reference, named) {
            const limit = shell.limits.transfer * 1000;
            const pull = ['pull', '--quiet', ...shell.onPlatform, reference];
            const result = await shell.withHeartbeat(`pulling ${reference}`, async () => shell.docker(pull, { ...(await shell.withLogin()), limit }));
            if (result.timedOut)
                throw new errors/* UserError */.yo(named?.step ?? 'base', `${reference} was not pulled within ${(0,time_limits/* inWords */.r4)(shell.limits.transfer)}`, {
                    next: time_limits/* LONGER */.Mh,
                    kind: 'passing',
                });
            if (result.code !== 0)
                throw cannotPull(reference, result.stderr, named);
        },
        async tag(source, target) {
            const result = await shell.docker(['tag', source, target]);
            if (result.code !== 0)
                throw new Error(`docker tag ${source} ${target}: ${(0,words/* lastLine */.fM)(result.stderr)}`);
        },
        async untag(...references) {
            await shell.docker(['image', 'rm', '--no-prune', ...references], { limit: 15_000, afterwards: true });
        },
    };
}
/**
 * containerd's image store has several platforms under one name, and answers for its own where none is named. Clients before
 * 28.1 name none, and what is here for another platform alone is told as it is.
 * @see https://docs.docker.com/reference/cli/docker/image/inspect/
 */
async function inspected({ docker, onPlatform }, reference) {
    const asked = onPlatform.length > 0 ? await docker(['image', 'inspect', ...onPlatform, reference]) : undefined;
    return asked?.code === 0 ? asked : docker(['image', 'inspect', reference]);
}
/** What images hold. */
function imageContent(shell) {
    return {
        read: (image, reader) => shell.streamed(['image', 'save', image], (chunks) => readImageArchive(chunks, reader)),
        async layOut(image, folder) {
            let laidOut;
            await shell.streamed(['image', 'save', image], async (chunks) => {
                laidOut = await layOutImage(chunks, folder);
            });
            if (!laidOut)
                throw new Error(`docker did not save ${image}`);
            return laidOut;
        },
        async history(image) {
            const result = await shell.docker(['image', 'history', '--no-trunc', '--format={{json .CreatedBy}}', image]);
            if (result.code !== 0)
                throw new Error((0,words/* lastLine */.fM)(result.stderr));
            const steps = result.stdout.split('\n').filter(Boolean);
            return steps.map((step) => String((0,grammar/* readJson */.Vh)(dist/* unknown */.L5J(), step)));
        },
        async layers(image) {
            const result = await shell.docker(['image', 'history', '--no-trunc', '--human=false', '--format={{json .}}', image]);
            if (result.code !== 0)
                throw new Error((0,words/* lastLine */.fM)(result.stderr));
            return layersIn(result.stdout);
        },
    };
}

;// CONCATENATED MODULE: ./lib/effects/docker/push.js



/** Docker says no more than this of why it tries again; the reason comes after its last try, some 50 s later. */
const TRIES_AGAIN = /\bRetrying in \d+ second/;
/** `unexpected HTTP status: 503 …`, `status from PUT request to …: 429 …`, `error parsing HTTP 403 response body` (of a proxy's page). */
const STATUS = /\b(?:status\b.*?: |status: |HTTP )([45]\d\d)\b/;
const LIMITED = /toomanyrequests|too many requests/i;
const DENIED = /\b(denied|unauthorized|forbidden|insufficient_scope|no basic auth credentials)\b/i;
/** Of a connection, or of a registry whose parts do not know yet what the others have: moby#36823, build-push-action#271. */
const PASSING = /\bEOF\b|connection reset|broken pipe|use of closed network connection|server closed idle connection|i\/o timeout|TLS handshake timeout|Client\.Timeout|context deadline exceeded|http2: |stream error|unknown blob|blob unknown|blob upload (?:unknown|invalid)|(?:BLOB|BLOB_UPLOAD|MANIFEST_BLOB)_(?:UNKNOWN|INVALID)|failed commit on ref|no response|temporary failure|try again|UNAVAILABLE\b/i;
/**
 * Pushes a tag.
 * @returns the digest that the daemon reports
 * @throws PushError
 */
async function pushImage(docker, reference, { denied, ...options }) {
    const stop = new AbortController();
    let asked;
    const onLine = (line) => {
        if (!TRIES_AGAIN.test(line))
            return;
        asked ??= denied().then((refused) => refused && stop.abort(), () => { });
    };
    const result = await docker(['push', reference], { ...options, onLine, signal: stop.signal });
    const digest = /digest: (sha256:[0-9a-f]{64})/.exec(result.stdout)?.[1];
    if (result.code === 0 && digest)
        return digest;
    const said = (0,words/* lastLine */.fM)(result.stderr) || (0,words/* lastLine */.fM)(result.stdout);
    if (result.timedOut && !stop.signal.aborted)
        throw new docker_port/* PushError */.Vc('spent', `it took longer than ${(0,time_limits/* inWords */.r4)((options.limit ?? 0) / 1000)}, see timeout`);
    if (stop.signal.aborted)
        throw new docker_port/* PushError */.Vc('denied', said);
    throw new docker_port/* PushError */.Vc(whyOf(said, asked !== undefined), said);
}
/** @param triedAgain docker itself tried again and again, which is enough for one run */
function whyOf(said, triedAgain) {
    const status = STATUS.exec(said)?.[1] ?? '';
    if (status === '429' || LIMITED.test(said))
        return 'limited';
    if (['401', '403'].includes(status) || DENIED.test(said))
        return 'denied';
    if (!status.startsWith('5') && (status || !PASSING.test(said)))
        return 'other';
    return triedAgain ? 'spent' : 'passing';
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/effects/docker/service.js





const LIMIT = 30_000;
/** Starts a container that goes on in the background. */
async function startService({ docker, streamed, runId, platform }, request) {
    const { name, args, env } = (0,containers/* runArguments */.OL)(request, runId, { background: true, platform });
    const remove = async () => void (await docker(['rm', '--force', '--volumes', name], { limit: LIMIT, afterwards: true }));
    const started = await docker(args, {
        env: (0,child/* childEnvironment */.Qc)(process.env, { DOCKER_CLI_HINTS: 'false', ...env }),
        limit: request.limit ?? LIMIT,
    });
    if (started.code !== 0) {
        await remove(); // it may have been made and not started
        throw new Error((0,words/* lastLine */.fM)(started.stderr));
    }
    const state = async () => {
        const answer = await docker(['inspect', '--type=container', '--format={{.State.Status}} {{.State.ExitCode}}', name], { limit: LIMIT });
        const [status = '', code = ''] = answer.stdout.trim().split(' ');
        return { over: status === 'exited' || status === 'dead', code: Number.parseInt(code, 10) };
    };
    return {
        exec: (command, { input, limit }) => docker(['exec', ...(input === undefined ? [] : ['--interactive']), name, ...command], {
            ...(input === undefined ? {} : { input }),
            limit,
        }),
        async ended(patience) {
            for (const until = performance.now() + patience;; await (0,external_node_timers_promises_.setTimeout)(100)) {
                const { over, code } = await state();
                if (over)
                    return Number.isNaN(code) ? -1 : code;
                if (performance.now() > until)
                    return undefined;
            }
        },
        async lastLines(count) {
            const { stdout, stderr } = await docker(['logs', `--tail=${count}`, name], { limit: LIMIT });
            return `${stdout}\n${stderr}`.split(/\r?\n/).filter((line) => line.trim());
        },
        written: async () => {
            const { code, stdout } = await docker(['diff', name], { limit: LIMIT });
            return code === 0
                ? stdout.split('\n').flatMap((line) => (/^[AC] \//.test(line) ? [{ path: line.slice(2), added: line[0] === 'A' }] : []))
                : [];
        },
        async head(file, bytes) {
            let begun;
            let open = false;
            const member = ({ kind }) => {
                open = kind === 'file' && begun === undefined;
                if (open)
                    begun = Buffer.alloc(0);
            };
            const data = (piece) => {
                if (open && begun && begun.length < bytes)
                    begun = Buffer.concat([begun, piece.subarray(0, bytes - begun.length)]);
            };
            const visitor = { member, data, end: () => { }, done: () => { } };
            await streamed(['cp', `${name}:${file}`, '-'], (chunks) => readFolderArchive(chunks, visitor));
            return begun;
        },
        remove,
    };
}
/** Makes a container to read files from; nothing of the image runs. */
async function openImage({ docker, streamed, runId, onPlatform }, image) {
    // A name for a command is asked for where the image has none.
    const made = await docker(['create', `--label=${containers/* RUN_LABEL */.jQ}=${runId}`, '--network=none', ...onPlatform, image, 'nothing'], {
        limit: LIMIT,
    });
    if (made.code !== 0)
        throw new Error((0,words/* lastLine */.fM)(made.stderr));
    const id = made.stdout.trim();
    return {
        read: (folder, layer) => streamed(['cp', `${id}:${folder}`, '-'], (chunks) => readFolderArchive(chunks, layer)),
        close: async () => void (await docker(['rm', '--force', '--volumes', id], { limit: LIMIT, afterwards: true })),
    };
}

;// CONCATENATED MODULE: ./lib/effects/docker/docker.js

















const VERSION = dist/* object */.Ikc({
    Client: dist/* object */.Ikc({ Version: (0,grammar/* line */.n8)(100) }),
    Server: dist/* object */.Ikc({ Version: (0,grammar/* line */.n8)(100), Arch: (0,grammar/* line */.n8)(100), Os: (0,grammar/* line */.n8)(100) }),
});
/** Docker by its command line, as found first on PATH. */
function dockerClient(here, settings = {}) {
    const shell = new DockerShell(here, settings);
    return {
        seconds: () => shell.seconds,
        connect: () => connect(shell),
        ...imageStore(shell),
        ...builds(shell),
        ...docker_containers(shell),
        ...imageContent(shell),
        ...registryAccess(shell),
    };
}
/** Asks client and daemon what they are. @throws UserError where they cannot do what is needed */
async function connect(shell) {
    const [version, buildx] = await Promise.all([
        shell.docker(['version', '--format', '{{json .}}'], { limit: 15_000 }),
        shell.docker(['buildx', 'version'], { limit: 15_000 }),
    ]);
    const facts = capable(version, buildx);
    await (0,docker_config/* warnOfDamage */.Dl)(shell.log);
    const unused = buildx.code === 0 ? await unusedBuilder(shell.docker) : undefined;
    if (unused)
        shell.log.notice(unused);
    shell.engine = {
        client: facts.Client.Version,
        server: facts.Server.Version,
        architecture: facts.Server.Arch,
        platform: shell.platform || process.env.DOCKER_DEFAULT_PLATFORM || `linux/${facts.Server.Arch}`,
        buildx: isModern(facts.Client.Version),
    };
    return shell.engine;
}
/** Whether BuildKit comes by the Buildx plugin. */
function isModern(client) {
    return Number.parseInt(client, 10) >= 23;
}
function capable(version, buildx) {
    if (version.code !== 0)
        throw noDocker(version);
    const facts = (0,grammar/* readJson */.Vh)(VERSION, version.stdout);
    if (!facts)
        throw noDocker({ ...version, stderr: 'docker version gave an answer that cannot be read' });
    const { Client: client, Server: server } = facts;
    if (server.Os !== 'linux') {
        throw new errors/* UserError */.yo('docker', `the Docker daemon runs ${server.Os} containers`, 'Switch it to Linux containers, or use a Linux runner.');
    }
    if (isModern(client.Version) && buildx.code !== 0) {
        throw new errors/* UserError */.yo('docker', `the docker client ${client.Version} has no BuildKit: its Buildx plugin is missing or broken`, 'Install docker-buildx-plugin (docker/setup-buildx-action does), or use a client before 23.');
    }
    if (Number.parseInt(server.Version, 10) < 20) {
        throw new errors/* UserError */.yo('docker', `the Docker daemon ${server.Version} is too old`, 'Use Docker Engine 20.10 or later.');
    }
    return facts;
}
function builds(shell) {
    const fresh = new Set();
    let begun = 0;
    return {
        async build(request) {
            begun += 1; // of one target several are built side by side: each has a file of its own
            const file = external_node_path_.join(shell.temp, `Dockerfile.${request.target || 'own'}.${begun}`);
            await (0,promises_.mkdir)(shell.temp, { recursive: true });
            await (0,promises_.writeFile)(file, request.dockerfile);
            const args = (0,build_arguments/* buildArguments */.f)(request, file, {
                builder: shell.engine?.buildx ? await daemonBuilder() : undefined,
                proxies: proxiesFor(request, process.env),
                platform: shell.platform,
                fresh,
            });
            const env = clientEnvironment(await buildEnvironment());
            const onStage = (stage, before) => {
                if (request.anew && !before)
                    fresh.add(stage);
                request.onStage?.(stage, before);
            };
            return runBuild((options) => shell.docker(args, { env, ...options }), { ...request, onStage }, { limit: shell.limits.build * 1000, heartbeat: shell.heartbeat, log: shell.log });
        },
    };
}
function docker_containers(shell) {
    const { docker, runId, platform } = shell;
    return {
        async run(request) {
            const { name, args, env } = (0,containers/* runArguments */.OL)(request, runId, { platform });
            const result = await docker(args, {
                env: (0,child/* childEnvironment */.Qc)(process.env, { DOCKER_CLI_HINTS: 'false', ...env }),
                ...(request.input === undefined ? {} : { input: request.input }),
                limit: request.limit ?? shell.limits.run * 1000,
                ...(request.onLine === undefined ? {} : { onLine: request.onLine }),
            });
            // The client is gone; its container would go on.
            if (result.timedOut)
                await docker(['rm', '--force', '--volumes', name], { limit: 15_000 });
            return result;
        },
        start: (request) => startService(shell, request),
        open: (image) => openImage(shell, image),
    };
}
function registryAccess(shell) {
    return {
        async login(registry, username, password) {
            shell.config = await (0,docker_config/* dockerConfigFolder */.Pe)(shell.temp, registry);
            const result = await shell.docker(['login', '--username', username, '--password-stdin', ...(registry ? [registry] : [])], {
                ...(await shell.withLogin()),
                input: password,
                limit: 30_000,
            });
            if (result.code !== 0)
                throw cannotLogIn(registry || 'Docker Hub', username, result);
        },
        push: (reference, denied) => shell.withHeartbeat(`pushing ${reference}`, async () => pushImage(shell.docker, reference, { ...(await shell.withLogin()), limit: shell.limits.transfer * 1000, denied })),
    };
}


/***/ }),

/***/ 8335:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ files),
  L: () => (/* binding */ linkOrCopy)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/text/paths.js
var paths = __webpack_require__(2155);
;// CONCATENATED MODULE: ./lib/effects/files/encoding.js
/** The marks that a text may begin with, longest first: that of UTF-16 is the beginning of one of UTF-32. */
const MARKS = [
    [[0xff, 0xfe, 0, 0], (bytes) => utf32(bytes, false)],
    [[0, 0, 0xfe, 0xff], (bytes) => utf32(bytes, true)],
    [[0xff, 0xfe], (bytes) => new TextDecoder('utf-16le').decode(bytes)],
    [[0xfe, 0xff], (bytes) => new TextDecoder('utf-16be').decode(bytes)],
];
/** Python's names of encodings that the platform knows by others. */
const LABELS = { latin_1: 'latin1', 'latin-1': 'latin1', cp1252: 'windows-1252', utf_8: 'utf-8' };
/**
 * The text of a file: by the mark that it begins with, by the encoding that one of its first two lines names in a
 * comment, else as UTF-8. What is not of its encoding becomes U+FFFD.
 * @see PEP 263; pip's requirements file format, "Encoding"
 */
function decoded(bytes) {
    const marked = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte));
    if (marked)
        return marked[1](bytes).replace(/^\uFEFF/, '');
    const head = bytes.subarray(0, 500).toString('latin1').split('\n').slice(0, 2);
    const label = head.flatMap((line) => (line.startsWith('#') ? (/coding[:=]\s*([-\w.]+)/.exec(line)?.[1] ?? []) : []))[0]?.toLowerCase();
    const decoder = label === undefined ? undefined : decoderOf(LABELS[label] ?? label);
    return decoder && decoder.encoding !== 'utf-8' ? decoder.decode(bytes) : bytes.toString('utf8');
}
function decoderOf(label) {
    try {
        return new TextDecoder(label);
    }
    catch {
        return undefined;
    }
}
function utf32(bytes, big) {
    const codes = Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => big ? bytes.readUInt32BE(i * 4) : bytes.readUInt32LE(i * 4));
    return codes.map((code) => (code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code))).join('');
}

;// CONCATENATED MODULE: ./lib/effects/files/inside.js






/**
 * The text of a regular file that really lies below `root`: whoever wrote the project must not choose what else of this
 * machine is read. Nothing of a file outside is opened, and no error repeats what a file holds.
 * @param limit bytes
 * @returns undefined where there is no such file
 * @throws UserError that names the link which leads out, the kind of file, the size, or the encoding
 */
async function readInside(root, file, limit) {
    const shown = shownFrom(root, file);
    const real = await placeInside(root, file);
    if (real === undefined)
        return undefined;
    const there = await (0,promises_.lstat)(real).catch(() => undefined);
    if (there && !there.isFile())
        throw refused(shown, 'is no regular file', 'Put a text file in its place.');
    // O_NOFOLLOW and O_NONBLOCK: the file may have become a link or a pipe in the meantime.
    const flags = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
    const handle = await (0,promises_.open)(real, flags).catch((error) => {
        throw refused(shown, `cannot be read: ${error.code}`, 'Check who may read it.');
    });
    try {
        const opened = await (0,promises_.readlink)(`/proc/self/fd/${handle.fd}`).catch(() => real); // absent on macOS
        if (!(0,paths/* isBelow */.Y)(opened, await (0,promises_.realpath)(root)))
            throw leadsOut(shown, shown, opened);
        return textOf(shown, await bytesOf(shown, handle, limit));
    }
    finally {
        await handle.close();
    }
}
/**
 * Where a path below `root` really is.
 * @returns undefined where there is nothing
 * @throws UserError that names the link which leads out, to itself, or nowhere
 */
async function placeInside(root, place) {
    const shown = shownFrom(root, place);
    const top = await (0,promises_.realpath)(root);
    const real = await (0,promises_.realpath)(place).catch(async (error) => {
        if (error.code === 'ELOOP')
            throw refused(shown, 'is a link that leads to itself', 'Put the file itself there.');
        if (error.code === 'EACCES')
            throw refused(shown, 'cannot be read: EACCES', 'Check who may read it.');
        if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'ENAMETOOLONG')
            throw error;
        const link = await firstLink(root, place, async (at) => !(await isThere(at)));
        if (link === undefined)
            return undefined;
        const to = await (0,promises_.readlink)(external_node_path_.join(root, link));
        throw refused(shown, `${behind(shown, link)} to ${to}, which is not there`, 'Put the file itself there.');
    });
    if (real === undefined || (0,paths/* isBelow */.Y)(real, top))
        return real;
    if (!(0,paths/* isBelow */.Y)(external_node_path_.resolve(place), external_node_path_.resolve(root)))
        throw refused(shown, 'lies outside the checkout', 'Nothing outside is read.');
    throw leadsOut(shown, (await firstLink(root, place, async (at) => !(0,paths/* isBelow */.Y)(await (0,promises_.realpath)(at), top))) ?? shown, real);
}
/** The first part of a path below `root` that is a link and of such a kind, relative to it. */
async function firstLink(root, place, kind) {
    const parts = external_node_path_.relative(root, place).split(external_node_path_.sep);
    for (let i = 1; i <= parts.length; i++) {
        const at = external_node_path_.join(root, ...parts.slice(0, i));
        if ((await (0,promises_.lstat)(at).catch(() => undefined))?.isSymbolicLink() && (await kind(at)))
            return external_node_path_.relative(root, at);
    }
    return undefined;
}
async function isThere(at) {
    return (0,promises_.realpath)(at).then(() => true, () => false);
}
function behind(shown, link) {
    return link === shown ? 'is a link' : `lies behind ${link}, a link`;
}
async function bytesOf(shown, handle, limit) {
    const status = await handle.stat();
    if (!status.isFile())
        throw refused(shown, 'is no regular file', 'Put a text file in its place.');
    const buffer = Buffer.alloc(Math.min(status.size, limit) + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = (await handle.read(buffer, length, buffer.length - length, length)).bytesRead;
    }
    if (length <= limit)
        return buffer.subarray(0, length);
    throw refused(shown, `is larger than ${Math.floor(limit / 1024 / 1024)} MiB, which no such file needs`, 'Check what was written to it.');
}
/**
 * Text that is no UTF-8 would be read as something else: UTF-16 is what PowerShell writes by `>`. Requirements files
 * may tell their encoding, as pip has it.
 */
function textOf(shown, bytes) {
    const told = /\.(txt|in)$/.test(shown) ? decoded(bytes) : undefined;
    if (told !== undefined && !told.includes('\0'))
        return told;
    const utf16 = bytes[0] === 0 || bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (bytes.length > 1 && utf16)
        throw refused(shown, 'is UTF-16 text', 'Save it as UTF-8.');
    if (bytes.includes(0))
        throw refused(shown, 'is no text: it holds NUL bytes', 'Save it as UTF-8 text.');
    return bytes.toString('utf8');
}
function shownFrom(root, place) {
    return external_node_path_.relative(root, place) || '.';
}
function leadsOut(shown, link, real) {
    return refused(shown, `${behind(shown, link)} out of the checkout, to ${real}`, 'Put the file itself there: nothing outside is read.');
}
function refused(shown, why, next) {
    return new errors/* UserError */.yo('project', `${shown} ${why}`, { next, place: { file: shown } });
}

;// CONCATENATED MODULE: ./lib/effects/files/files.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/** The real file system. */
const files = {
    async exists(file) {
        return (await (0,promises_.lstat)(file).catch(() => undefined)) !== undefined;
    },
    async read(file) {
        return (0,promises_.readFile)(file, 'utf8').catch(missing(undefined));
    },
    readInside: readInside,
    async checkInside(root, place) {
        await placeInside(root, place);
    },
    async readKept(file, most) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const handle = __addDisposableResource(env_1, await openRegular(file), true);
            if (!handle || (await handle.stat()).size > most)
                return undefined;
            return handle.readFile('utf8');
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    },
    async write(file, text) {
        await (0,promises_.mkdir)(external_node_path_.dirname(file), { recursive: true });
        await (0,promises_.rm)(file, { recursive: true, force: true }); // never through a link: the other end may be a kept file
        await (0,promises_.writeFile)(file, text);
    },
    async list(folder) {
        return (await (0,promises_.readdir)(folder).catch(missing([]))).sort();
    },
    async walk(folder) {
        const entries = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true }).catch(missing([]));
        return entries
            .filter((entry) => entry.isFile())
            .map((entry) => external_node_path_.relative(folder, external_node_path_.join(entry.parentPath, entry.name)))
            .sort();
    },
    async count(folder, most) {
        let found = 0;
        for await (const _ of await (0,promises_.opendir)(folder, { recursive: true }).catch(missing([]))) {
            found += 1;
            if (found > most)
                break;
        }
        return found;
    },
    async size(file) {
        return (await (0,promises_.lstat)(file)).size;
    },
    sha256: sha256File,
    link: linkOrCopy,
    async remove(target) {
        await (0,promises_.rm)(target, { recursive: true, force: true });
    },
    async makeFolder(folder) {
        await (0,promises_.mkdir)(folder, { recursive: true });
    },
    async removeIrregular(folder) {
        const entries = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true }).catch(missing([]));
        const irregular = entries.filter((entry) => !entry.isFile() && !entry.isDirectory());
        for (const entry of irregular)
            await (0,promises_.rm)(external_node_path_.join(entry.parentPath, entry.name), { force: true });
    },
    async isLink(file) {
        return (await (0,promises_.lstat)(file).catch(() => undefined))?.isSymbolicLink() ?? false;
    },
    async real(file) {
        return (0,promises_.realpath)(file).catch(() => undefined);
    },
    async status(file) {
        const found = await (0,promises_.stat)(file).catch(missing(undefined));
        return found && { folder: found.isDirectory(), uid: found.uid, gid: found.gid, changed: Math.floor(found.mtimeMs / 1000) };
    },
    async whyNotMade(place) {
        try {
            for (let at = place;; at = external_node_path_.dirname(at)) {
                const found = await (0,promises_.stat)(at).catch(missing(undefined));
                if (found && at !== place && !found.isDirectory())
                    return `${at} is no folder`;
                if (found && at !== place)
                    await (0,promises_.access)(at, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
                if (found || at === external_node_path_.dirname(at))
                    return '';
            }
        }
        catch (error) {
            return error.message;
        }
    },
    async makeOwned(folder) {
        const first = await (0,promises_.mkdir)(folder, { recursive: true });
        if (first === undefined || caller().uid !== 0)
            return; // whoever is not root cannot give anything away
        const { uid, gid } = await (0,promises_.stat)(external_node_path_.dirname(first));
        for (let made = folder; made !== external_node_path_.dirname(first); made = external_node_path_.dirname(made))
            await (0,promises_.chown)(made, uid, gid);
    },
    caller,
};
function caller() {
    return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}
/** Streams: a wheel of 800 MB must not be held in memory. */
async function sha256File(file) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const handle = __addDisposableResource(env_2, await openRegular(file), true);
        if (!handle)
            return '';
        const hash = (0,external_node_crypto_.createHash)('sha256');
        await (0,external_node_stream_promises_.pipeline)(handle.createReadStream(), hash);
        return hash.digest('hex');
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function linkOrCopy(from, to) {
    try {
        await (0,promises_.link)(from, to);
    }
    catch (error) {
        const code = error.code;
        if (code === 'ENOENT') {
            await (0,promises_.mkdir)(external_node_path_.dirname(to), { recursive: true });
            await linkOrCopyOnce(from, to);
        }
        else
            await linkOrCopyOnce(from, to);
    }
}
/** EXDEV: another device. EPERM: a foreign owner where the kernel protects hard links. EEXIST: made anew. */
async function linkOrCopyOnce(from, to) {
    await (0,promises_.link)(from, to).catch(async (error) => {
        if (error.code === 'ENOENT')
            throw error;
        await (0,promises_.rm)(to, { recursive: true, force: true });
        await (0,promises_.copyFile)(from, to);
    });
}
/** What opening says of links, folders, sockets, and of what is not ours to read. */
const NO_FILE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO', 'ENODEV', 'EACCES', 'EPERM', 'ENAMETOOLONG']);
/** Does not wait for whoever writes to a pipe, and follows no link. @returns undefined for all but regular files */
async function openRegular(file) {
    const handle = await (0,promises_.open)(file, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK).catch((error) => {
        if (NO_FILE.has(error.code ?? ''))
            return undefined;
        throw error;
    });
    if (!handle || (await handle.stat()).isFile())
        return handle;
    await handle.close();
    return undefined;
}
function missing(instead) {
    return (error) => {
        if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(error.code ?? ''))
            return instead;
        throw error;
    };
}


/***/ }),

/***/ 5363:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FG: () => (/* binding */ namingFullDisk),
/* harmony export */   J: () => (/* binding */ refuseFullDisk),
/* harmony export */   R0: () => (/* binding */ isFullDisk)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);



/** Whether this machine's disk had no room, or its user no more of it. */
function isFullDisk(error) {
    const { code } = (error ?? {});
    return code === 'ENOSPC' || code === 'EDQUOT';
}
/**
 * The error of a full disk of this machine as one that says which folder lies there; any other error as it is.
 * @param folders that a run writes to; the one with the least room is named where the system's error names none
 */
async function namingFullDisk(error, folders) {
    if (!isFullDisk(error))
        return error;
    const { path: from, dest = from } = error;
    const rooms = await Promise.all(folders.filter(Boolean).map(async (folder) => ({ folder, free: await roomIn(folder) })));
    const full = rooms.find(({ folder }) => dest?.startsWith(`${folder}/`)) ?? rooms.sort((a, b) => a.free - b.free)[0];
    if (!full)
        return error;
    const left = Number.isFinite(full.free) ? ` (${(full.free / 1e6).toFixed(1)} MB are left)` : '';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('files', `the disk that holds ${full.folder} is full${left}`, 'Make room on it, then run again.');
}
const SPARE_BYTES = 1_000_000;
/** For a program that does not say why it could not write to a folder. @throws Error as of a full disk, where it is one */
async function refuseFullDisk(folder) {
    if ((await roomIn(folder)) >= SPARE_BYTES)
        return;
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', path: node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, 'x') });
}
/** Bytes that are free where a folder is, or would be made. */
async function roomIn(folder) {
    for (let at = folder;; at = node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(at)) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(at).catch(() => undefined);
        if (found)
            return found.bavail * found.bsize;
        if (node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(at) === at)
            return Number.POSITIVE_INFINITY;
    }
}


/***/ }),

/***/ 3029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ TarReader)
/* harmony export */ });
const BLOCK = 512;
/** Longest extended header that is believed: a name is never near that. */
const LONGEST_HEADER = 1 << 20;
/**
 * Reads a tar archive as it comes, in pieces of any length, and holds nothing but the piece at hand and
 * half a header: ustar, GNU's long names and POSIX' extended headers (path, size).
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
class TarReader {
    visitor;
    block = Buffer.alloc(0);
    left = 0;
    padding = 0;
    state = 'header';
    extended = [];
    extendedKind = '';
    longName;
    pax = {};
    constructor(visitor) {
        this.visitor = visitor;
    }
    /** True when the end mark was read. */
    get ended() {
        return this.state === 'ended';
    }
    /** True where nothing is half read; archives without an end mark are about. */
    get whole() {
        return this.ended || (this.state === 'header' && this.block.length === 0);
    }
    /** @throws Error where what comes is no tar archive */
    push(piece) {
        let rest = piece;
        while (rest.length > 0 && this.state !== 'ended') {
            if (this.state === 'header')
                rest = this.header(rest);
            else
                rest = this.content(rest);
        }
    }
    header(piece) {
        const wanted = BLOCK - this.block.length;
        const head = this.block.length === 0 && piece.length >= BLOCK ? piece.subarray(0, BLOCK) : Buffer.concat([this.block, piece.subarray(0, wanted)]);
        const rest = piece.subarray(wanted);
        if (head.length < BLOCK) {
            this.block = head;
            return rest;
        }
        this.block = Buffer.alloc(0);
        if (head[0] === 0 && head.every((byte) => byte === 0))
            this.state = 'ended';
        else
            this.begin(head);
        return rest;
    }
    begin(head) {
        if (!sumsUp(head))
            throw new Error('it is no tar archive');
        const type = String.fromCharCode(head[156] ?? 0);
        const size = this.pax.size ?? number(head, 124, 12);
        if (!Number.isSafeInteger(size) || size < 0)
            throw new Error('a member of the archive has an impossible size');
        this.padding = (BLOCK - (size % BLOCK)) % BLOCK;
        this.left = size;
        if ('LKxg'.includes(type)) {
            this.left = number(head, 124, 12);
            if (!(this.left <= LONGEST_HEADER))
                throw new Error('a header of the archive is too long');
            this.padding = (BLOCK - (this.left % BLOCK)) % BLOCK;
            this.extendedKind = type;
            this.extended = [];
            this.state = 'extended';
        }
        else {
            const prefix = head.toString('latin1', 257, 262) === 'ustar' ? text(head, 345, 155) : '';
            const name = this.pax.path ?? this.longName ?? (prefix ? `${prefix}/${text(head, 0, 100)}` : text(head, 0, 100));
            this.longName = undefined;
            this.pax = {};
            this.visitor.member({ path: name.replace(/^(\.?\/)+/, ''), kind: kindOf(type), size });
            this.state = 'content';
        }
        if (this.left === 0)
            this.finish();
    }
    content(piece) {
        if (this.left > 0) {
            const here = piece.subarray(0, this.left);
            if (this.state === 'extended')
                this.extended.push(Buffer.from(here));
            else
                this.visitor.data(here);
            this.left -= here.length;
            if (this.left === 0)
                this.finish();
            return piece.subarray(here.length);
        }
        const skipped = Math.min(this.padding, piece.length);
        this.padding -= skipped;
        if (this.padding === 0)
            this.state = 'header';
        return piece.subarray(skipped);
    }
    finish() {
        if (this.state === 'extended')
            this.note(Buffer.concat(this.extended));
        else
            this.visitor.end();
        if (this.padding === 0)
            this.state = 'header';
    }
    note(content) {
        if (this.extendedKind === 'L')
            this.longName = text(content, 0, content.length);
        if (this.extendedKind !== 'x')
            return;
        for (let at = 0; at < content.length;) {
            const blank = content.indexOf(0x20, at);
            const length = Number(content.toString('latin1', at, blank));
            if (blank < 0 || !Number.isInteger(length) || length <= 0)
                return;
            const [key, ...value] = content.toString('utf8', blank + 1, at + length - 1).split('=');
            if (key === 'path')
                this.pax.path = value.join('=');
            if (key === 'size')
                this.pax.size = Number(value.join('='));
            at += length;
        }
    }
}
function kindOf(type) {
    if (type === '0' || type === '\0' || type === '7')
        return 'file';
    if (type === '1' || type === '2')
        return 'link';
    return type === '5' ? 'folder' : 'other';
}
function text(block, at, length) {
    const end = block.indexOf(0, at);
    return block.toString('utf8', at, end < 0 || end > at + length ? at + length : end);
}
/** Octal digits, or GNU's binary form for what is over 8 GB. */
function number(block, at, length) {
    if (((block[at] ?? 0) & 0x80) !== 0)
        return Number(block.readBigUInt64BE(at + length - 8) & 0x7fffffffffffffffn);
    return Number.parseInt(text(block, at, length).trim() || '0', 8);
}
function sumsUp(head) {
    let sum = 0;
    for (let i = 0; i < BLOCK; i++)
        sum += i >= 148 && i < 156 ? 32 : (head[i] ?? 0);
    return sum === number(head, 148, 8);
}


/***/ }),

/***/ 2061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  DC: () => (/* binding */ QUIET),
  A9: () => (/* binding */ SAFE),
  kA: () => (/* binding */ ask),
  _K: () => (/* binding */ gitEnvironment),
  $3: () => (/* binding */ hasOwn),
  RZ: () => (/* binding */ limitAnswers)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/time-limits.js
var time_limits = __webpack_require__(8995);
// EXTERNAL MODULE: ./lib/effects/process/child.js + 1 modules
var child = __webpack_require__(3098);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/text/paths.js
var paths = __webpack_require__(2155);
;// CONCATENATED MODULE: ./lib/effects/git/git-place.js




/**
 * Whether what git takes for a folder's repository is its own: a `.git` that is a file or a link may lead to any
 * repository of this machine, whose tags, commits and file names would then be told. A repository elsewhere counts
 * where it points back: that of a worktree by its file `gitdir`, that of a submodule by `core.worktree`.
 * @param found what git says: its folder for this checkout, and the one that all its worktrees share; absolute
 * @param worktree tells the repository's `core.worktree`, where it has one
 * @throws UserError that names the folder and where its `.git` leads
 * @see https://git-scm.com/docs/gitrepository-layout
 */
async function checkOwn(folder, found, worktree) {
    const top = await topOf(await (0,promises_.realpath)(folder));
    const [own, common] = await Promise.all([(0,promises_.realpath)(found.own), (0,promises_.realpath)(found.common)]);
    if ((0,paths/* isBelow */.Y)(own, top) && (0,paths/* isBelow */.Y)(common, top))
        return;
    const dotGit = external_node_path_.join(top, '.git');
    if ((0,paths/* isBelow */.Y)(own, external_node_path_.join(common, 'worktrees'))) {
        const back = await (0,promises_.readFile)(external_node_path_.join(own, 'gitdir'), 'utf8').catch(() => '');
        if (await same(external_node_path_.resolve(own, back.trim()), dotGit))
            return;
    }
    const named = own === common ? await worktree() : undefined;
    if (named !== undefined && (await same(external_node_path_.resolve(own, named), top)))
        return;
    throw new errors/* UserError */.yo('project', `${dotGit} leads to ${own}, a repository that does not name this folder`, `Check the project out by git, or run: git --git-dir ${own} config core.worktree ${top}`);
}
/** An answer about a folder's repository is given again as long as its `.git` is what it was: finding it takes a program. */
function remembering(find) {
    const found = new Map();
    return async (folder) => {
        const print = await placePrint(folder);
        const key = `${folder} ${print}`;
        const answer = found.get(key) ?? find(folder);
        if (print)
            found.set(key, answer);
        return answer;
    };
}
/** What a folder's `.git` is: another one, or one with another entry, has another word. '' where there is none. */
async function placePrint(folder) {
    const dotGit = external_node_path_.join(await topOf(folder), '.git');
    const found = await (0,promises_.lstat)(dotGit, { bigint: true }).catch(() => undefined);
    return found ? [dotGit, found.dev, found.ino, found.ctimeNs].join(' ') : '';
}
/** The nearest folder with a `.git`; as git has it, an empty one does not count. */
async function topOf(folder) {
    for (let at = folder;; at = external_node_path_.dirname(at)) {
        const dotGit = external_node_path_.join(at, '.git');
        const there = await (0,promises_.lstat)(dotGit).catch(() => undefined);
        if (there && (!there.isDirectory() || (await (0,promises_.stat)(external_node_path_.join(dotGit, 'HEAD')).catch(() => undefined))))
            return at;
        if (external_node_path_.dirname(at) === at)
            return folder;
    }
}
async function same(one, other) {
    const [a, b] = await Promise.all([one, other].map((at) => (0,promises_.realpath)(at).catch(() => undefined)));
    return a !== undefined && a === b;
}

;// CONCATENATED MODULE: ./lib/effects/git/git-command.js





/**
 * A checkout's own settings are the project's, and so are its files: nothing that they name runs on the runner. The
 * settings of the user and of the machine are the runner's word, credential helpers and `insteadOf` among them. What
 * is shut how, and what is left, is told in docs/decisions/0023.
 */
const SAFE = [
    '--no-pager',
    ...[
        'core.fsmonitor=',
        'core.hooksPath=/dev/null',
        'safe.directory=*',
        'safe.bareRepository=explicit', // else tracked files alone can be a repository with settings
        'transfer.bundleURI=false',
        'column.ui=never',
    ].flatMap((setting) => ['-c', setting]),
];
/**
 * Nothing is written (not even a refreshed index), nothing is fetched: in a partial clone git would ask the
 * remote for a missing object, by a transport or an ssh command that the repository's settings name.
 */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
/** Characters: two million names of files. */
const LONGEST_ANSWER = 128 << 20;
let seconds = 300;
/** How long each question to git may take from here on; what the input `timeout` says. @param most seconds */
function limitAnswers(most) {
    seconds = most;
}
/**
 * Git's answer; undefined where it says no.
 * @throws UserError (passing) where it does not answer in time: that is neither yes nor no
 */
async function ask(folder, args, trim = true) {
    const result = await (0,child/* run */.eF)('git', [...SAFE, ...args], {
        cwd: folder,
        env: gitEnvironment(QUIET),
        limit: seconds * 1000,
        kept: LONGEST_ANSWER,
    });
    if (result.timedOut) {
        throw new errors/* UserError */.yo('plan', `git ${args[0]} did not answer in ${(0,time_limits/* inWords */.r4)(seconds)}`, { next: time_limits/* LONGER */.Mh, kind: 'passing' });
    }
    // Half of a list of files or of filters would be taken for all of it.
    if (result.cut)
        throw new errors/* UserError */.yo('plan', `git ${args[0]} says more than ${LONGEST_ANSWER >> 20} MB`, 'Package from a smaller checkout.');
    return result.code === 0 ? (trim ? result.stdout.trim() : result.stdout) : undefined;
}
/** Variables that say which repository is meant, as those of a git hook do: here the folder says it. */
const PLACES = /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|GRAFT_FILE|SHALLOW_FILE)$/;
function gitEnvironment(how) {
    const kept = Object.entries((0,child/* childEnvironment */.Qc)(process.env)).filter(([name]) => !PLACES.test(name));
    return { ...Object.fromEntries(kept), ...how };
}
/** Whether git finds a repository from a folder on. @throws UserError where that is not the folder's own */
const hasOwn = remembering(async (folder) => {
    const answer = await ask(folder, ['rev-parse', '--absolute-git-dir', '--git-common-dir']);
    const [own, common] = answer?.split('\n') ?? [];
    if (own === undefined || common === undefined)
        return false;
    const worktree = () => ask(folder, ['config', '--local', '--get', 'core.worktree']);
    await checkOwn(folder, { own, common: external_node_path_.resolve(folder, common) }, worktree);
    return true;
});


/***/ }),

/***/ 6225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ gitClient)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/text/addresses.js
var addresses = __webpack_require__(6763);
// EXTERNAL MODULE: ./lib/time-limits.js
var time_limits = __webpack_require__(8995);
// EXTERNAL MODULE: ./lib/effects/process/child.js + 1 modules
var child = __webpack_require__(3098);
;// CONCATENATED MODULE: ./lib/effects/git/describe-command.js
/** @see https://git-scm.com/docs/git-describe */
function describeCommand(request) {
    return [
        'describe',
        '--long',
        ...(request.annotated ? [] : ['--tags']),
        ...(request.firstParent ? ['--first-parent'] : []),
        ...request.match.map((glob) => `--match=${glob}`),
        ...request.exclude.map((glob) => `--exclude=${glob}`),
    ];
}

// EXTERNAL MODULE: ./lib/effects/git/git-command.js + 1 modules
var git_command = __webpack_require__(2061);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/effects/git/origin.js



/**
 * What the origin of a checkout is asked, without a word of the checkout's settings but its address and its login.
 * @param login taken where the checkout keeps none
 */
function originAsked(login) {
    return {
        async originTags(folder) {
            const lines = await askOrigin(await originOf(folder, login), ['--tags', '--refs']);
            return lines?.flatMap((line) => /^[0-9a-f]{40,64}\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
        },
        async originRefs(folder, names) {
            const lines = await askOrigin(await originOf(folder, login), [], names);
            return lines && new Map(lines.map((line) => line.split('\t').reverse()));
        },
        async leadsTo(folder, { older, newer }, to) {
            if (![older, newer].every((revision) => REVISION.test(revision)))
                return undefined;
            const origin = await originOf(folder, login);
            if (!origin)
                return undefined;
            const git = async (...args) => (0,child/* run */.eF)('git', [...git_command/* SAFE */.A9, '--git-dir', to, ...args], { cwd: external_node_path_.dirname(to), env: origin.env, limit: 60_000 });
            if ((await (0,child/* run */.eF)('git', [...git_command/* SAFE */.A9, 'init', '--quiet', '--bare', '--template=', to], { env: (0,git_command/* gitEnvironment */._K)(git_command/* QUIET */.DC) })).code !== 0)
                return undefined;
            // Commits alone, where the server can leave files out.
            const fetched = await git(...NO_HELPER, 'fetch', '--quiet', '--no-tags', `--depth=${DEPTH}`, '--filter=tree:0', '--', origin.url, newer);
            if (fetched.code !== 0)
                return undefined;
            return (await git('merge-base', '--is-ancestor', older, newer)).code === 0;
        },
    };
}
const REVISION = /^[0-9a-f]{40,64}$/;
/** Commits of a history that are looked through. */
const DEPTH = 1000;
const NO_HELPER = ['-c', 'credential.helper='];
/** What `git ls-remote` tells of the origin, else of the first remote. @returns undefined where there is none, or none that answers */
async function askOrigin(origin, options, names = []) {
    if (!origin)
        return undefined;
    const command = [...git_command/* SAFE */.A9, ...NO_HELPER, 'ls-remote', ...options, '--quiet', '--', origin.url, ...names];
    const result = await (0,child/* run */.eF)('git', command, { cwd: external_node_path_.parse(process.cwd()).root, env: origin.env, limit: 20_000 });
    return result.code === 0 ? result.stdout.split('\n').filter(Boolean) : undefined;
}
async function originOf(folder, login) {
    if (!(await (0,git_command/* hasOwn */.$3)(folder)))
        return undefined;
    const remotes = (await (0,git_command/* ask */.kA)(folder, ['remote']))?.split('\n') ?? [];
    const remote = remotes.includes('origin') ? 'origin' : remotes[0];
    const url = remote && (await (0,git_command/* ask */.kA)(folder, ['remote', 'get-url', '--', remote]));
    if (!url || url.startsWith('-'))
        return undefined;
    // Asked from outside the checkout, whose settings may name programs even by this address; the login of actions/checkout goes along.
    const kept = await checkoutLogins(folder);
    const headers = kept.length > 0 || !login ? kept : headerFor(url, login);
    return { url, env: { ...(0,git_command/* gitEnvironment */._K)(ASKING), ...asVariables(headers) } };
}
/** No question on a terminal, and an ssh that is not the repository's choice. */
const ASKING = {
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes',
};
/**
 * The header that actions/checkout keeps in the settings of a checkout, from its sixth version on in a file that they
 * include; as variables, so that no list of processes shows it.
 */
async function checkoutLogins(folder) {
    const asked = ['config', '--local', '--includes', '--show-origin', '--null', '--get-regexp', '^http\\.https?://.*\\.extraheader$'];
    const parts = ((await (0,git_command/* ask */.kA)(folder, asked, false)) ?? '').split('\0');
    return parts.flatMap((place, i) => {
        const [key = '', ...value] = parts[i + 1]?.split('\n') ?? [];
        return i % 2 === 0 && key && OF_CHECKOUT.test(place) ? [[key, value.join('\n')]] : [];
    });
}
/** As actions/checkout would write it; a token goes to its own server alone, and not beside a login in the address. */
function headerFor(url, { server, username, token }) {
    const ofServer = URL.canParse(url) && URL.canParse(server) && new URL(url).origin === new URL(server).origin && !new URL(url).username;
    if (!token || !ofServer)
        return [];
    return [[`http.${new URL(server).origin}/.extraheader`, `AUTHORIZATION: basic ${Buffer.from(`${username}:${token}`).toString('base64')}`]];
}
/** Settings as variables of git. @see https://git-scm.com/docs/git-config#ENVIRONMENT */
function asVariables(entries) {
    if (entries.length === 0)
        return {};
    const first = Number(process.env.GIT_CONFIG_COUNT) || 0;
    const settings = entries.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${first + i}`, key],
        [`GIT_CONFIG_VALUE_${first + i}`, value],
    ]);
    return { ...Object.fromEntries(settings), GIT_CONFIG_COUNT: String(first + entries.length) };
}
/** Where it stands: no other file that the settings of a project name is read for logins. */
const OF_CHECKOUT = /^file:(?:.*\/)?(?:config|git-credentials-[0-9a-f-]+\.config)$/;

;// CONCATENATED MODULE: ./lib/effects/git/git.js








/** Filters that may run where no extension is set: a program of the runner, put there by actions/checkout or `git lfs install`. */
const LFS = /^git-lfs (clean -- %f|smudge (--skip )?-- %f|filter-process( --skip)?)$/;
const ANSWERS = {
    async describe(folder, request) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return undefined;
        const revision = await (0,git_command/* ask */.kA)(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']);
        if (!revision)
            return undefined;
        const [nearest, tag, count, changed, shallow, branch] = await Promise.all([
            (0,git_command/* ask */.kA)(folder, describeCommand(request)),
            request.tag ? (0,git_command/* ask */.kA)(folder, ['rev-parse', '--verify', '--quiet', `refs/tags/${request.tag}^{commit}`]) : undefined,
            (0,git_command/* ask */.kA)(folder, ['rev-list', '--count', 'HEAD']),
            changedFiles(folder),
            (0,git_command/* ask */.kA)(folder, ['rev-parse', '--is-shallow-repository']),
            (0,git_command/* ask */.kA)(folder, ['rev-parse', '--abbrev-ref', 'HEAD']),
        ]);
        const [, name, distance, node] = /^(.+)-(\d+)-g([0-9a-f]+)$/.exec(nearest ?? '') ?? [];
        return {
            revision,
            nearest: name && node ? { tag: name, distance: Number(distance), node } : undefined,
            tag: tag ? (tag === revision ? 'here' : 'elsewhere') : 'absent',
            count: Number(count ?? '1'),
            changed,
            shallow: shallow === 'true',
            branch: branch ?? 'HEAD',
        };
    },
    async commit(folder) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return undefined;
        const answer = await (0,git_command/* ask */.kA)(folder, ['log', '-1', '--format=%H %ct', '--no-show-signature']);
        const [revision, seconds] = answer?.split(' ') ?? [];
        return revision && seconds ? { revision, epoch: Number(seconds) } : undefined;
    },
    async head(folder) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return undefined;
        const revision = await (0,git_command/* ask */.kA)(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
        if (!revision)
            return undefined;
        const [branch = '', refs = ''] = await Promise.all([
            (0,git_command/* ask */.kA)(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
            (0,git_command/* ask */.kA)(folder, ['for-each-ref', '--points-at=HEAD', '--format=%(refname)']),
        ]);
        const follows = branch && (await (0,git_command/* ask */.kA)(folder, ['config', '--get', `branch.${branch}.merge`]));
        return { revision, branch, follows: follows || '', refs: refs.split('\n').filter(Boolean) };
    },
    async tags(folder) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return undefined;
        const [tags, remotes, shallow] = await Promise.all([
            (0,git_command/* ask */.kA)(folder, ['tag', '--list']),
            (0,git_command/* ask */.kA)(folder, ['remote']),
            (0,git_command/* ask */.kA)(folder, ['rev-parse', '--is-shallow-repository']),
        ]);
        return tags === undefined ? undefined : { names: tags.split('\n').filter(Boolean), whole: remotes === '' && shallow === 'false' };
    },
    async tracked(folder) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return [];
        return (await (0,git_command/* ask */.kA)(folder, ['ls-files', '-z', '--cached'], false))?.split('\0').filter(Boolean) ?? [];
    },
    async keptByLfs(folder) {
        return (await (0,git_command/* ask */.kA)(folder, ['ls-files', '-z', '--', ':(attr:filter=lfs)'], false))?.split('\0').filter(Boolean) ?? [];
    },
    async submodules(folder) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return [];
        const entries = (await (0,git_command/* ask */.kA)(folder, ['ls-files', '-z', '--stage'], false))?.split('\0') ?? [];
        return entries.flatMap((entry) => /^160000 \w+ \d\t(.+)$/s.exec(entry)?.[1] ?? []);
    },
    async origin(folder) {
        if (!(await (0,git_command/* hasOwn */.$3)(folder)))
            return undefined;
        const url = await (0,git_command/* ask */.kA)(folder, ['remote', 'get-url', 'origin']);
        return /[:/]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1];
    },
};
/** @param limit seconds for each command that goes over the network @param login of the origin, where the checkout keeps none */
function gitClient(limit = (0,time_limits/* limitOf */.LF)('transfer'), login) {
    return {
        ...ANSWERS,
        ...originAsked(login),
        fetch: (url, revision, to) => fetch(limit, url, { revision, to }),
        fetchHistory: (folder) => fetchHistory(limit, folder),
    };
}
/**
 * No transport that runs a program, no question on a terminal. Repositories of this machine are for the project's own
 * requirements to name, never for what was fetched: a submodule of it would bring a private one along.
 */
const FETCHING = { GIT_ALLOW_PROTOCOL: 'https:http:ssh:git', GIT_TERMINAL_PROMPT: '0' };
const FROM_HERE = { ...FETCHING, GIT_ALLOW_PROTOCOL: `${FETCHING.GIT_ALLOW_PROTOCOL}:file` };
/** Neither a refspec nor an option. @see https://git-scm.com/docs/git-check-ref-format */
const git_REVISION = /^[^-+\s:^~?*[\\][^\s:^~?*[\\]*$/;
async function fetch(limit, url, { revision, to }) {
    const what = `${revision || 'the default branch'} of ${(0,addresses/* withoutLogin */.Gq)(url)}`;
    if (revision && !git_REVISION.test(revision)) {
        throw new errors/* UserError */.yo('wheels', `git could not fetch ${what}: that is no revision`, 'Name a commit, a tag or a branch.');
    }
    await (0,promises_.rm)(to, { recursive: true, force: true });
    await (0,promises_.mkdir)(to, { recursive: true });
    const fetched = { limit, folder: to, what, how: environmentFor(url) };
    await fetching(fetched)('init', '--quiet', '--template=');
    const git = fetching({ ...fetched, more: await noFilters(to, false) });
    await git('remote', 'add', '--', 'origin', url);
    // One commit where the server gives it by name; a short commit is found only among all.
    const wanted = revision || 'HEAD';
    if (!/^[0-9a-f]{7,39}$/.test(wanted))
        await git('fetch', '--quiet', '--depth=1', '--', 'origin', wanted);
    else
        await git('fetch', '--quiet', '--tags', '--', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    await git('checkout', '--quiet', '--detach', /^[0-9a-f]{7,39}$/.test(wanted) ? wanted : 'FETCH_HEAD');
    const submodule = { limit, folder: to, what: `a submodule in ${what}`, how: FETCHING, more: await noFilters(to, false) };
    await fetching(submodule)(...SUBMODULES);
    return git('rev-parse', 'HEAD');
}
const SUBMODULES = ['submodule', '--quiet', 'update', '--init', '--recursive', '--depth=1'];
/** By how a repository may be reached that was named by its address. */
function environmentFor(url) {
    return /^file:/i.test(url) ? FROM_HERE : FETCHING;
}
async function fetchHistory(limit, folder) {
    const url = (await (0,git_command/* ask */.kA)(folder, ['remote', 'get-url', 'origin'])) ?? '';
    const shallow = (await (0,git_command/* ask */.kA)(folder, ['rev-parse', '--is-shallow-repository'])) === 'true';
    const git = fetching({ limit, folder, what: `the history of ${(0,addresses/* withoutLogin */.Gq)(url)}`, how: environmentFor(url) });
    await git('fetch', '--quiet', ...(shallow ? ['--unshallow'] : []), '--tags', 'origin');
}
/** Git in a folder, with a transport. */
function fetching({ limit, folder, what, how, more = [] }) {
    return async (...args) => {
        const result = await (0,child/* run */.eF)('git', [...git_command/* SAFE */.A9, ...more, ...args], { cwd: folder, env: (0,git_command/* gitEnvironment */._K)(how), limit: limit * 1000 });
        if (result.code === 0)
            return result.stdout.trim();
        const why = result.timedOut ? `it took longer than ${(0,time_limits/* inWords */.r4)(limit)}` : said(result.stderr) || `code ${result.code}`;
        const check = 'Check the address and the revision; a private repository needs credentials in the settings of git.';
        const kind = result.timedOut || SILENT.test(result.stderr) ? 'passing' : 'failed';
        throw new errors/* UserError */.yo('wheels', `git could not fetch ${what}: ${why}`, { next: result.timedOut ? time_limits/* LONGER */.Mh : check, kind });
    };
}
/** What git says of a connection that another try may find otherwise. */
const SILENT = /connection (?:refused|reset|timed out)|early EOF|RPC failed|unexpected disconnect|HTTP (?:429|5\d\d)|error: (?:429|5\d\d)/i;
/** What was fatal first is the cause; what git says last is what follows from it. */
function said(text) {
    const lines = text.trim().split('\n');
    return lines.find((line) => line.startsWith('fatal: '))?.slice('fatal: '.length) ?? lines.at(-1) ?? '';
}
/** What `git describe --dirty` calls dirty: tracked files, staged or not; inside submodules nobody looks. */
async function changedFiles(folder) {
    const filters = await noFilters(folder, true);
    const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no', '--ignore-submodules=dirty'];
    const answer = await (0,git_command/* ask */.kA)(folder, [...filters, ...status], false);
    return (answer ?? '')
        .split('\0')
        .filter(Boolean)
        .map((line) => line.slice(3));
}
/**
 * Options that switch off every filter, but git-lfs's where that may run: to compare a file whose times changed, and to
 * check one out, git runs the command that settings name for it.
 * @throws UserError for a name that git's options cannot say
 * @see https://git-scm.com/docs/gitattributes#_filter
 */
async function noFilters(folder, withLfs) {
    const pattern = '^(filter\\..*\\.(clean|smudge|process)|lfs\\.extension\\..*)$';
    const answer = (await (0,git_command/* ask */.kA)(folder, ['config', '--null', '--get-regexp', pattern], false)) ?? '';
    const entries = answer.split('\0').map((entry) => entry.split('\n'));
    // Extensions of git-lfs are programs too.
    const trusted = withLfs && !entries.some(([key]) => key?.startsWith('lfs.'));
    return entries.flatMap(([key = '', ...value]) => {
        if (!key.startsWith('filter.') || (trusted && LFS.test(value.join('\n'))))
            return [];
        if (key.includes('='))
            throw new errors/* UserError */.yo('project', `git has the setting ${key}, which cannot be switched off`, 'Take it out.');
        const driver = key.slice(0, key.lastIndexOf('.'));
        return ['-c', `${key}=`, '-c', `${driver}.required=false`];
    });
}


/***/ }),

/***/ 3098:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hd: () => (/* binding */ RUN_VARIABLE),
  Qc: () => (/* binding */ childEnvironment),
  ny: () => (/* binding */ markChildren),
  xI: () => (/* binding */ marked),
  kY: () => (/* binding */ refuseChildren),
  eF: () => (/* binding */ run),
  E1: () => (/* binding */ runInto),
  OD: () => (/* binding */ stopChildren)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./lib/effects/process/child-output.js

/** Longest line that is told, in characters: reports of our scripts are one line each. */
const LONGEST_LINE = 4 << 20;
/** What is kept of a stream, in characters: its begin, and its end, where the reason of a failure stands. */
const KEPT_BEGIN = 16 << 20;
const KEPT_END = 4 << 20;
/** @param begin characters that are kept of the stream's begin */
function childOutput(onLine, begin = KEPT_BEGIN) {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    const lines = onLine && lineReader(onLine);
    const kept = keptText(begin);
    return {
        push(chunk) {
            const text = decoder.write(chunk);
            kept.push(text);
            lines?.push(text);
        },
        end: () => lines?.end(),
        text: kept.text,
        cut: () => kept.left() > 0,
    };
}
/** Splits a stream at \n, \r\n and \r, in linear time; of a line that is too long the begin is told. */
function lineReader(onLine) {
    let line = '';
    let more = 0;
    let returned = false;
    const add = (text) => {
        const room = LONGEST_LINE - line.length;
        line += text.slice(0, room);
        more += Math.max(0, text.length - room);
    };
    const tell = () => {
        onLine(more > 0 ? `${line}… (${more} characters more not shown)` : line);
        line = '';
        more = 0;
    };
    return {
        push(text) {
            const parts = (returned && text.startsWith('\n') ? text.slice(1) : text).split(/\r\n|\n|\r/);
            if (text !== '')
                returned = text.endsWith('\r'); // its \n may come with the next piece
            const last = parts.pop() ?? '';
            for (const part of parts) {
                add(part);
                tell();
            }
            add(last);
        },
        end() {
            if (line !== '')
                tell();
        },
    };
}
function keptText(most) {
    let begin = '';
    let end = [];
    let ended = 0;
    let left = 0;
    return {
        push(text) {
            const room = most - begin.length;
            if (room > 0)
                begin += text.slice(0, room);
            if (text.length <= room)
                return;
            end.push(room > 0 ? text.slice(room) : text);
            ended += text.length - Math.max(0, room);
            if (ended <= 2 * KEPT_END)
                return;
            const all = end.join('');
            left += all.length - KEPT_END;
            end = [all.slice(-KEPT_END)];
            ended = KEPT_END;
        },
        left: () => left,
        text: () => (left > 0 ? `${begin}\n… ${Math.ceil(left / 2 ** 20)} MB more not shown\n${end.join('')}` : begin + end.join('')),
    };
}

;// CONCATENATED MODULE: ./lib/effects/process/child.js



/** In the environment of every program that we start: the name of the run, by which one that is left behind is known. */
const RUN_VARIABLE = 'PYPACKAGER_RUN';
let mark = {};
/** Gives all children from here on the name of the run. */
function markChildren(run) {
    mark = { [RUN_VARIABLE]: run };
}
/** The environment of a child, with the mark. */
function marked(env) {
    return { ...env, ...mark };
}
const running = new Set();
/** Stops every child's process group: nothing of ours outlives a cancelled run. */
function stopChildren(signal) {
    for (const pid of running)
        kill(pid, signal);
}
let stopped = false;
/** From here on no child starts: a cancelled run must not go on with its next step. */
function refuseChildren() {
    stopped = true;
}
function kill(pid, signal) {
    try {
        process.kill(-pid, signal);
    }
    catch {
        running.delete(pid); // the group has ended meanwhile
    }
}
/**
 * What a child may see of our environment: not the action's inputs (secrets among them), nor the
 * runner's tokens.
 */
function childEnvironment(env, more = {}) {
    const kept = Object.entries(env).filter(([name]) => !/^(INPUT_|ACTIONS_(RUNTIME|ID_TOKEN|CACHE|RESULTS)|STATE_|GITHUB_TOKEN$)/.test(name));
    return { ...Object.fromEntries(kept), ...more };
}
/**
 * Runs a program without a shell, in a process group of its own, its output bounded in memory.
 * @see docs/decisions/0011-one-runner-for-child-processes.md, also for why this is not @actions/exec
 */
function run(program, args, options = {}) {
    if (stopped && !options.afterwards)
        return Promise.reject(new Error('cancelled'));
    return new Promise((resolve) => {
        const child = (0,external_node_child_process_.spawn)(program, args, {
            cwd: options.cwd,
            env: marked(options.env ?? childEnvironment(process.env)),
            detached: true,
            stdio: ['pipe', 'pipe', 'pipe'],
        });
        let fault = '';
        let timedOut = false;
        if (child.pid)
            running.add(child.pid);
        const stop = () => {
            timedOut = true;
            if (child.pid)
                kill(child.pid, 'SIGKILL');
            // A grandchild in a group of its own may still hold the pipes; it is not waited for.
            end(137);
        };
        const timer = options.limit ? setTimeout(stop, options.limit) : undefined;
        options.signal?.addEventListener('abort', stop, { once: true });
        const out = childOutput(options.onLine, options.kept);
        const err = childOutput(options.onLine, options.kept);
        child.stdout.on('data', out.push);
        child.stderr.on('data', err.push);
        const end = (code) => {
            clearTimeout(timer);
            options.signal?.removeEventListener('abort', stop);
            if (child.pid)
                running.delete(child.pid);
            // A grandchild may write on, and nobody would take it.
            child.stdout.off('data', out.push).resume();
            child.stderr.off('data', err.push).resume();
            out.end();
            err.end();
            const cut = out.cut() || err.cut();
            resolve({ code, stdout: out.text(), stderr: err.text() + fault, ...(cut && { cut }), timedOut });
        };
        child.on('error', (error) => {
            fault = error.message;
            end(error.code === 'ENOENT' ? 127 : 126);
        });
        child.on('close', (code, signal) => end(code ?? 128 + (signal ? external_node_os_.constants.signals[signal] : 0)));
        child.stdin.on('error', () => { }); // a child that does not read its input is no fault
        child.stdin.end(options.input ?? '');
    });
}
/**
 * Runs a program whose output is no text and may be long: it is taken as it comes, and the program waits
 * meanwhile. Stopped like every child.
 * @throws Error where the program fails or takes too long, with what it said last, and whatever `take` throws
 */
async function runInto(program, args, { env, limit, take }) {
    if (stopped)
        throw new Error('cancelled');
    const child = (0,external_node_child_process_.spawn)(program, args, { env: marked(env), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid)
        running.add(child.pid);
    let stderr = '';
    const timer = setTimeout(() => {
        stderr += `\n${program} took longer than ${limit / 1000} s`;
        if (child.pid)
            kill(child.pid, 'SIGKILL');
        child.stdout.destroy(new Error(`${program} took longer than ${limit / 1000} s`));
    }, limit);
    child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr = (stderr + text).slice(-2000);
    });
    const ended = new Promise((resolve) => {
        child.on('error', (error) => {
            stderr += error.message;
            resolve(127);
        });
        child.on('close', (code) => resolve(code ?? 128));
    }).finally(() => clearTimeout(timer));
    try {
        await take(child.stdout);
    }
    catch (error) {
        if (child.pid)
            kill(child.pid, 'SIGKILL');
        const code = await ended;
        // An archive that breaks off is the program's failure, and it knows the reason.
        if (stderr.trim() && code !== 128)
            throw new Error(stderr.trim().split('\n').at(-1));
        throw error;
    }
    finally {
        if (child.pid)
            running.delete(child.pid);
    }
    if ((await ended) !== 0)
        throw new Error(stderr.trim().split('\n').at(-1) || `${program} failed`);
}


/***/ }),

/***/ 6802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ namedLogin),
/* harmony export */   FG: () => (/* binding */ trustBundle),
/* harmony export */   Yc: () => (/* binding */ certificatesIn),
/* harmony export */   zC: () => (/* binding */ runnerCaBundle),
/* harmony export */   zT: () => (/* binding */ runnerIndexes)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);




/** The CA bundle that the runner's own tools use, '' for none. */
function runnerCaBundle(env) {
    return env.SSL_CERT_FILE || env.NODE_EXTRA_CA_CERTS || '';
}
/**
 * The indexes of the runner: each setting from uv's variables, else pip's, else pip's configuration files.
 * A login that uv is given beside a named index (`UV_INDEX_<NAME>_USERNAME`, `_PASSWORD`) is put into its
 * address. uv's configuration files are not read.
 * @see https://pip.pypa.io/en/stable/topics/configuration/
 * @see https://docs.astral.sh/uv/reference/environment/
 */
async function runnerIndexes(env) {
    const files = await pipFiles(env);
    const setting = (key) => files.map((text) => pipSetting(text, key)).find(Boolean) ?? '';
    const main = env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || env.PIP_INDEX_URL || setting('index');
    const uv = [env.UV_INDEX, env.UV_EXTRA_INDEX_URL].filter(Boolean).join(' ');
    const extra = uv || env.PIP_EXTRA_INDEX_URL || setting('extra-index');
    const addresses = (text) => text
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => withNamedLogin(word, env));
    return { indexUrl: addresses(main)[0] ?? '', extraIndexUrls: [...new Set(addresses(extra))] };
}
async function pipFiles(env) {
    const files = [
        env.PIP_CONFIG_FILE,
        node_path__WEBPACK_IMPORTED_MODULE_2__.join(env.XDG_CONFIG_HOME || node_path__WEBPACK_IMPORTED_MODULE_2__.join((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.config'), 'pip/pip.conf'),
        node_path__WEBPACK_IMPORTED_MODULE_2__.join((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.pip/pip.conf'),
        '/etc/pip.conf',
    ];
    return Promise.all(files.map((file) => (file ? (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8').catch(() => '') : '')));
}
/** `index-url` or `extra-index-url` of [global]; a value goes on in indented lines. */
function pipSetting(text, key) {
    const section = /^\[global\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
    const value = new RegExp(`^${key.replace('-', '[-_]')}[-_]url[ \\t]*[=:](.*(?:\\n[ \\t]+.*)*)`, 'm').exec(section)?.[1] ?? '';
    return value.replace(/^\s*[#;].*$/gm, '').trim();
}
/** An index as uv takes it, `NAME=ADDRESS` or the address alone, as an address. */
function withNamedLogin(word, env) {
    const [, name = '', address = word] = /^([\w.-]+)=(\w+:\/\/.*)$/.exec(word) ?? [];
    return namedLogin(env)(name, address);
}
/**
 * Puts the login that uv is given for the name of an index into its address.
 * @see https://docs.astral.sh/uv/concepts/indexes/#providing-credentials-directly
 */
function namedLogin(env) {
    return (name, address) => {
        const variable = `UV_INDEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
        const [username, password] = [env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`]];
        if (!name || (!username && !password) || !URL.canParse(address))
            return address;
        const url = new URL(address);
        url.username = encodeURIComponent(username ?? '');
        url.password = encodeURIComponent(password ?? '');
        return url.href;
    };
}
/** BuildKit takes no larger one: "max size 500KiB". */
const LARGEST_SECRET = 500 * 1024;
/**
 * Trusts a bundle in this process beside Node's own authorities: registries, indexes and caches behind a company's CA.
 * @param bundle its text; nothing of it but its certificates leaves us
 * @returns all authorities that are trusted now, as PEM text: what a build needs, where one file replaces the
 * usual ones (the bundle alone where all would be too much for a build secret); and whether this process trusts
 * them, which takes Node 24.5
 */
function trustBundle(bundle) {
    const extra = certificatesIn(bundle);
    const usual = typeof node_tls__WEBPACK_IMPORTED_MODULE_3__.getCACertificates === 'function' ? node_tls__WEBPACK_IMPORTED_MODULE_3__.getCACertificates('default') : node_tls__WEBPACK_IMPORTED_MODULE_3__.rootCertificates;
    // The same certificate may be written with other line ends, or beside the runner's own.
    const all = [
        ...new Set([...extra, ...usual].map((text) => text
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
            .join('\n'))),
    ];
    const here = typeof node_tls__WEBPACK_IMPORTED_MODULE_3__.setDefaultCACertificates === 'function';
    if (here)
        node_tls__WEBPACK_IMPORTED_MODULE_3__.setDefaultCACertificates(all);
    const text = `${all.join('\n')}\n`;
    return { pem: text.length < LARGEST_SECRET ? text : `${extra.join('\n')}\n`, here };
}
const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
/** The certificates of a bundle, whatever else it holds. */
function certificatesIn(bundle) {
    return bundle
        .split(BEGIN)
        .slice(1)
        .flatMap((part) => (part.includes(END) ? [`${BEGIN}${part.slice(0, part.indexOf(END))}${END}`] : []));
}


/***/ }),

/***/ 6650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AO: () => (/* binding */ moduleName),
/* harmony export */   Br: () => (/* binding */ pathBelow),
/* harmony export */   Ej: () => (/* binding */ size),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   J5: () => (/* binding */ debName),
/* harmony export */   Vh: () => (/* binding */ readJson),
/* harmony export */   YA: () => (/* binding */ seconds),
/* harmony export */   aS: () => (/* binding */ requirement),
/* harmony export */   ag: () => (/* binding */ said),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   f1: () => (/* binding */ sha256Text),
/* harmony export */   hl: () => (/* binding */ address),
/* harmony export */   j8: () => (/* binding */ normalizedName),
/* harmony export */   jO: () => (/* binding */ entries),
/* harmony export */   lA: () => (/* binding */ fits),
/* harmony export */   n8: () => (/* binding */ line),
/* harmony export */   nI: () => (/* binding */ debianName),
/* harmony export */   nK: () => (/* binding */ wheelName),
/* harmony export */   oZ: () => (/* binding */ packageName),
/* harmony export */   rE: () => (/* binding */ version),
/* harmony export */   uv: () => (/* binding */ archiveName),
/* harmony export */   xy: () => (/* binding */ indexedRequirement)
/* harmony export */ });
/* harmony import */ var _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9687);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8810);



/**
 * The grammar of each kind of value that comes back from where foreign code ran: a stage, a container, a cache,
 * an index. Whatever is read from there passes one of these before it is used or shown.
 */
/** One line of text, without control characters. @param longest in characters */
function line(longest = 1000) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    return valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(longest), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/));
}
/** A binary package, with an architecture or without. @see Debian Policy 5.6.7 (Package) */
const debianName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(128), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?$/));
/** A name of a project or an extra, in any spelling. @see PEP 508 (Names) */
const packageName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(200), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/));
/** The same as indexes compare it. @see PEP 503 (Normalized Names) */
const normalizedName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(packageName, valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[a-z0-9]+(-[a-z0-9]+)*$/));
/** @see PEP 440 (Appendix B) */
const version = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(200), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[\w.!+-]+$/), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((text) => (0,_renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__/* .valid */ .rZ)(text) !== null));
/** The file name of a wheel: five or six parts. @see PEP 427 (File name convention) */
const wheelName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(255), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[A-Za-z0-9][\w.]*-[\w.!+]+(-\d[\w.]*)?-[\w.]+-[\w.]+-[\w.]+\.whl$/));
/** A path below a root, with `/`: it cannot lead out of it. */
const pathBelow = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(line(4096), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y(isBelow));
/** A .deb file. @see https://wiki.debian.org/PackagesAndFiles (NAME_VERSION_ARCHITECTURE.deb; apt writes `:` as `%3a`) */
const debName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(255), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[a-z0-9][a-z0-9+.-]+_[\w.+~%-]+_[a-z0-9-]+\.deb$/));
/** An sdist's or a wheel's file. */
const archiveName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(255), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[A-Za-z0-9][\w.+!-]*\.(whl|tar\.gz|zip|tar\.bz2|tgz)$/));
/** Where a file is fetched from: not with a variable, which uv would fill in. */
const address = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(line(4000), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\"'<>`]+$/), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((text) => !text.includes('${') && URL.canParse(text)));
/** A module by its dotted name. */
const moduleName = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(500), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*(\.[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*)*$/u));
const NAMED = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?[ \t]*(?:\[[\w., \t-]*\][ \t]*)?/;
const VERSIONS = /^(?:(?:~=|===?|!=|<=?|>=?)[ \t]*[\w.*+!-]+[ \t]*(?:,[ \t]*)?)*$/;
const MARKER = /^(?:[\w.<>=!~() \t]|'[^'\\]*'|"[^"\\]*")*$/;
/**
 * A requirement on a line of its own, which goes to files that resolvers read: no option, no comment, no variable.
 * Whether its versions and markers mean something is for them to say.
 * @see PEP 508
 */
const requirement = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(line(2000), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y(isRequirement));
/** One that is looked for on an index: not by an address. */
const indexedRequirement = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(requirement, valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[^@#]*$/));
function isRequirement(text) {
    if (text.length > 2000)
        return false;
    const [name = ''] = NAMED.exec(text) ?? [];
    const rest = text.slice(name.length);
    if (name === '')
        return false;
    if (!rest.startsWith('@')) {
        const [versions = '', ...marker] = rest.split(';');
        return VERSIONS.test(versions.trim().replace(/^\((.*)\)$/, '$1')) && MARKER.test(marker.join(';'));
    }
    const [, url = '', marker = ''] = /^@[ \t]*(\S+)(?:[ \t]+;(.*))?$/.exec(rest) ?? [];
    return valibot__WEBPACK_IMPORTED_MODULE_2__.is(valibot__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([address, pathOf]), url) && MARKER.test(marker);
}
/** `name @ ./folder`, as old files have it. */
const pathOf = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(line(4000), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[\w.~][\w./~+-]*$/));
/** What a program says to people: one line, what cannot be shown left out. @param longest in characters, a longer one is cut */
function said(longest = 300) {
    return valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .transform */ .pdi((text) => {
        const shown = text
            .slice(0, longest * 4)
            .replace(/[\s\p{Cc}]+/gu, ' ')
            .trim();
        return (0,_text_words_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(shown, longest);
    }));
}
/** A list that may not be longer than anybody needs. */
function listOf(item, most) {
    return valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5J()), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru6(most), valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(item));
}
/** Hex, lower case. */
const sha256Text = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[0-9a-f]{64}$/));
/** Bytes. */
const size = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minValue */ .Wwf(0));
/** A time that something took. */
const seconds = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .finite */ .E2x(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minValue */ .Wwf(0));
function isBelow(path) {
    return path !== '' && !path.startsWith('/') && !path.includes('\\') && path.split('/').every((part) => !['', '.', '..'].includes(part));
}
/** Any object, not copied: it may be large. */
const object = valibot__WEBPACK_IMPORTED_MODULE_2__/* .custom */ .IeY((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const MOST_ENTRIES = 1000;
/** The entries of an object that are of a kind, by their names; the others are left out. One of more than 1,000 is none. */
function entries(name, value) {
    const pick = (all) => Object.fromEntries(Object.entries(all).flatMap(([key, given]) => {
        const result = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(value, given, { abortEarly: true });
        return valibot__WEBPACK_IMPORTED_MODULE_2__.is(name, key) && result.success ? [[key, result.output]] : [];
    }));
    return valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(object, valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((all) => Object.keys(all).length <= MOST_ENTRIES), valibot__WEBPACK_IMPORTED_MODULE_2__/* .transform */ .pdi(pick));
}
/** Whether a value is of a kind. */
function fits(schema, value) {
    return valibot__WEBPACK_IMPORTED_MODULE_2__.is(schema, value);
}
/**
 * A JSON document of a kind, its unknown keys left out.
 * @returns undefined where the text is no JSON, or not of that kind
 */
function readJson(schema, text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(schema, value, { abortEarly: true });
    return result.success ? result.output : undefined;
}


/***/ }),

/***/ 9453:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ projectTable)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _project_text_size_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5906);
/* harmony import */ var _project_toml_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1565);



/** The table [tool.pypackager] of a pyproject.toml below the workspace; empty where there is none. @param file relative to it */
async function projectTable(files, workspace, file) {
    const text = await files.readInside(workspace, node_path__WEBPACK_IMPORTED_MODULE_0__.join(workspace, file), _project_text_size_js__WEBPACK_IMPORTED_MODULE_2__/* .TEXT_SIZE */ .yf);
    return text === undefined ? {} : (0,_project_toml_js__WEBPACK_IMPORTED_MODULE_1__/* .tableAt */ .af)((0,_project_toml_js__WEBPACK_IMPORTED_MODULE_1__/* .readToml */ .D7)(file, text), 'tool', 'pypackager');
}


/***/ }),

/***/ 8344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $3: () => (/* binding */ byWheelhouse),
/* harmony export */   Fk: () => (/* binding */ byVerb),
/* harmony export */   Mo: () => (/* binding */ resolveSettings),
/* harmony export */   NC: () => (/* binding */ byEnvironment),
/* harmony export */   TS: () => (/* binding */ byFlags),
/* harmony export */   bC: () => (/* binding */ byOldNames),
/* harmony export */   y9: () => (/* binding */ byFile)
/* harmony export */ });
/* unused harmony export OLD_NAMES */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _project_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3669);
/* harmony import */ var _flags_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1634);



/** The first answer counts, whole: values of several resolvers are never joined. */
function resolveSettings(resolvers) {
    return new Map([..._flags_js__WEBPACK_IMPORTED_MODULE_1__/* .SETTINGS */ .yy, 'target', 'push'].flatMap((input) => {
        for (const resolver of resolvers) {
            const setting = resolver(input);
            if (setting)
                return [[input, setting]];
        }
        return [];
    }));
}
/** What the verb itself says. */
function byVerb(verb, values) {
    return (input) => (values[input] === undefined ? undefined : { value: values[input], from: `pypackager ${verb}` });
}
/** What is given on the command line, an empty value too. */
function byFlags(flags, shown) {
    return (input) => {
        const value = flags.get(input);
        return value === undefined ? undefined : { value, from: shown(input) };
    };
}
/** `PYPACKAGER_IMAGE_NAME` and the like; an empty one is none. */
function byEnvironment(env) {
    return (input) => {
        const name = `PYPACKAGER_${input.toUpperCase().replaceAll('-', '_')}`;
        return env[name] ? { value: env[name], from: name } : undefined;
    };
}
/** The variables of the original Makefile. The three lists have blanks between their items. */
const OLD_NAMES = {
    namespace: { name: 'REPO_NS' },
    version: { name: 'REPO_VERSION' },
    'image-name': { name: 'IMAGE_NAME' },
    ports: { name: 'PORTS', list: true },
    volumes: { name: 'VOLUMES', list: true },
    env: { name: 'ENV_VARS', list: true },
};
function byOldNames(env) {
    return (input) => {
        const old = OLD_NAMES[input];
        const value = old && env[old.name]?.trim();
        return old && value ? { value: old.list ? value.split(/\s+/).join('\n') : value, from: old.name } : undefined;
    };
}
/** Inputs whose lines are NAME=value: pyproject.toml may write them as a table. */
const PAIRS = ['env', 'image-env', 'labels'];
/**
 * The table [tool.pypackager] of pyproject.toml: inputs by their names, lists as lists.
 * @param file as errors name it
 * @throws UserError for a key that is no setting, and for a value that cannot be one
 */
function byFile(file, table) {
    const settings = new Map(Object.entries(table).map(([key, value]) => [key, textOf(file, key, value)]));
    return (input) => {
        const value = settings.get(input);
        // Read with the project: a Procfile goes before it.
        return value === undefined || input === 'command' ? undefined : { value, from: file };
    };
}
/**
 * Versions that are resolved stay as the wheelhouse has them, until `build` is asked again: so a release needs no index.
 * @param day the bound of the lock that is kept; undefined where none is
 */
function byWheelhouse(day) {
    return (input) => (input === 'exclude-newer' && day ? { value: day, from: 'the wheelhouse' } : undefined);
}
function textOf(file, key, value) {
    if (!_flags_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_SETTINGS */ .VQ.includes(key))
        throw unknownKey(file, key);
    const fault = (legal) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${key} in ${file} [tool.pypackager] is not ${legal}`, { next: 'Fix it there.', place: { file } });
    if (typeof value === 'string')
        return value;
    if (typeof value === 'boolean')
        return String(value);
    if (typeof value === 'number')
        throw fault(`text: write ${key} = "${value}" with quotes, as 3.10 would be 3.1`);
    if (Array.isArray(value)) {
        if (!value.every((item) => typeof item === 'string'))
            throw fault('a list of texts');
        if (key === 'command')
            return JSON.stringify(value);
        if (value.some((item) => item.includes('\n')))
            throw fault('a list of texts of one line each');
        return value.join('\n');
    }
    const entries = typeof value === 'object' && value !== null && PAIRS.includes(key) ? Object.entries(value) : [];
    if (entries.length === 0 || !entries.every(([, item]) => typeof item === 'string' && !item.includes('\n'))) {
        throw fault(PAIRS.includes(key) ? 'a list of NAME=value or a table of texts' : 'text or a list of texts');
    }
    return entries.map(([name, item]) => `${name}=${item}`).join('\n');
}
function unknownKey(file, key) {
    const why = (0,_flags_js__WEBPACK_IMPORTED_MODULE_1__/* .whyNoFlag */ .Ks)(key) ?? (key === 'path' ? 'it is what says where this file is' : undefined);
    const near = (0,_project_names_js__WEBPACK_IMPORTED_MODULE_2__/* .didYouMean */ .a)(key, _flags_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_SETTINGS */ .VQ);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${file} [tool.pypackager] has the key "${key}", which is ${why ? 'not set there' : 'no setting'}`, {
        next: why
            ? `${why.charAt(0).toUpperCase()}${why.slice(1)}.`
            : near
                ? `Did you mean ${near}?`
                : 'Keys are the names of inputs: pypackager --help shows them.',
        place: { file },
    });
}


/***/ }),

/***/ 2723:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $K: () => (/* binding */ needingWord),
/* harmony export */   cT: () => (/* binding */ wordPrint),
/* harmony export */   yX: () => (/* binding */ HARMLESS)
/* harmony export */ });
/* unused harmony exports NEED_WORD, WHERE_TO */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(646);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9778);



const SAYS = _inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .INPUT_NAMES */ .Qh.flatMap((name) => {
    const { table } = _table_js__WEBPACK_IMPORTED_MODULE_2__/* .TABLE */ .Bt[name];
    return table ? [[name, table]] : [];
});
const keys = (which) => SAYS.filter(([, say]) => which(say)).map(([name]) => name);
/** Keys of the table [tool.pypackager] that reach out of the image which is made: they take the user's word. */
const NEED_WORD = keys((say) => say.needsWord);
/** Keys that decide over nothing but the image, its wheels and their names. */
const HARMLESS = keys((say) => !say.needsWord);
/** Of these, what decides where a push goes. */
const WHERE_TO = keys((say) => say.whereTo === true);
/** Settings of the table that count and need a word, by their names. @param file as settings name it */
function needingWord(settings, file) {
    // A key that nobody judged needs a word too.
    const needed = [...settings].filter(([input, setting]) => setting.from === file && !HARMLESS.includes(input));
    return new Map(needed.map(([input, { value }]) => [input, value]).sort(([a], [b]) => (a < b ? -1 : 1)));
}
/** What a word is given for: another value needs another word. */
function wordPrint(needed) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(JSON.stringify([...needed]))
        .digest('hex');
}


/***/ }),

/***/ 3698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ checkTag),
/* harmony export */   a$: () => (/* binding */ LONGEST_TAG),
/* harmony export */   a5: () => (/* binding */ legalTag),
/* harmony export */   aR: () => (/* binding */ repositoryName),
/* harmony export */   bN: () => (/* binding */ repositories),
/* harmony export */   ir: () => (/* binding */ reference),
/* harmony export */   m: () => (/* binding */ parentPlace),
/* harmony export */   rV: () => (/* binding */ legalComponent),
/* harmony export */   x6: () => (/* binding */ legalName)
/* harmony export */ });
/* unused harmony export repository */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _project_cuts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6212);
/* harmony import */ var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8810);



const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Characters that the name of an image may have, with its registry. @see https://github.com/distribution/reference */
const LONGEST_NAME = 255;
/** Characters that a tag may have. */
const LONGEST_TAG = 128;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
/** Docker takes a first part without a dot or a port for a namespace on Docker Hub, but for localhost. */
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?$`);
/**
 * Checks what the user typed against the grammar of image references, before anything is built.
 * @throws UserError with the legal form
 * @see https://github.com/distribution/reference (reference.go)
 */
function repository(registry, namespace, image) {
    if (registry && !isHost(registry)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `registry "${registry}" is not a host name`, { next: hostAdvice(registry), input: 'registry' });
    }
    if (SITES.includes(registry)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `registry "${registry}" is a site, and no registry`, {
            next: 'Write docker.io for Docker Hub.',
            input: 'registry',
        });
    }
    if (/^[a-z0-9-]+$/.test(registry) && registry !== 'localhost') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `registry "${registry}" has neither a dot nor a port: docker takes it for a namespace on Docker Hub`, {
            next: `Write its whole host name, or a port, such as ${registry}:5000.`,
            input: 'registry',
        });
    }
    const inImage = image.split('/');
    for (const [input, text] of [
        ['namespace', namespace],
        ['image-name', image],
    ])
        checkBeginsWithHost(input, text, registry);
    // A part that is empty may be a variable that was not set.
    const parts = namespace.replace(/(?<=.)\/$/, '');
    const path = [...(parts ? parts.split('/') : []), ...inImage];
    const wrong = path.find((component) => !COMPONENT.test(component));
    if (wrong !== undefined) {
        const [input, text] = inImage.includes(wrong) ? ['image-name', image] : ['namespace', namespace];
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${input} "${(0,_text_words_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(text, 140)}" is not legal in an image name`, { next: nameAdvice(text), input });
    }
    if (`${registry}/${path.join('/')}-builder`.length > LONGEST_NAME) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `the image's name has more than ${LONGEST_NAME} characters with its -builder: ${(0,_text_words_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(path.join('/'), 80)}`, { next: 'Set a shorter image-name or namespace.', input: 'image-name' });
    }
    return { registry, path: path.join('/') };
}
/**
 * Where an image goes: one registry by its host, or several, each of which may have a namespace of its own (`docker.io/acme`).
 * @throws UserError as `repository`, and for one that is named twice
 */
function repositories(registries, namespace, image) {
    const [first, ...others] = registries;
    if (others.length === 0)
        return [repository(first, namespace, image)];
    const place = (line) => {
        const [host = '', ...own] = line.includes('://') ? [line] : line.split('/');
        return repository(host, own.join('/') || namespace, image);
    };
    const places = [place(first), ...others.map(place)];
    const names = places.map((one) => repositoryName({ ...one, registry: DOCKER_HUB.includes(one.registry) ? 'docker.io' : one.registry }));
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `registry names ${twice} twice`, { next: 'Name each registry once.', input: 'registry' });
    return places;
}
/** Docker Hub's names; each is another one to docker's logins. */
const DOCKER_HUB = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
/** Its pages for people. */
const SITES = ['hub.docker.com', 'www.docker.com', 'docker.com'];
/** Registries that stand at the front of a whole image name. */
const WELL_KNOWN = /^(?:(?:[a-z0-9-]+\.)*docker\.io|ghcr\.io|quay\.io|gcr\.io|(?:[a-z]+\.)gcr\.io|public\.ecr\.aws|registry\.gitlab\.com|[a-z0-9-]+\.azurecr\.io|[a-z0-9-]+-docker\.pkg\.dev|\d+\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com)$/;
/** In lower case, as docker keeps logins; with a port that there is. */
function isHost(registry) {
    const port = Number(/:(\d+)$/.exec(registry)?.[1] ?? 0);
    return REGISTRY.test(registry) && registry === registry.toLowerCase() && port < 65_536;
}
/** For what is no host, but perhaps an address with one. */
function hostAdvice(registry) {
    const [, host = '', rest = ''] = /^(?:[a-z]+:\/\/)?([^/]*)\/*(.*?)\/*$/i.exec(registry) ?? [];
    const near = host.toLowerCase();
    if (!isHost(near))
        return 'Write a host such as ghcr.io, without https:// and without a path.';
    if (rest && !/^v[12]$/.test(rest))
        return `Write ${near}, without a path, and ${legalName(rest)} in namespace.`;
    return `Write ${near}${near === registry.toLowerCase() ? ' in lower case' : ', without https:// and without a path'}.`;
}
/** @throws UserError for a whole image name where a part of one is meant: its registry would become a folder of another one */
function checkBeginsWithHost(input, text, registry) {
    const [first = '', ...rest] = text.split('/');
    const host = first.toLowerCase();
    if (rest.length === 0 || !(WELL_KNOWN.test(host) || (registry !== '' && host === registry)))
        return;
    const [last, ...before] = input === 'image-name' ? rest.toReversed() : ['', ...rest.toReversed()];
    const parts = [`registry: ${host}`, ...(before.length > 0 ? [`namespace: ${before.toReversed().join('/')}`] : [])];
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${input} "${(0,_text_words_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(text, 140)}" begins with a registry`, {
        next: `Write each where it belongs: ${[...parts, ...(last ? [`image-name: ${last}`] : [])].join(', ')}.`,
        input,
    });
}
function nameAdvice(text) {
    const plain = text.replace(/^[a-z]+:\/\//i, '').replace(/@sha256:.*$/i, '');
    const [tagged = ''] = /:[A-Za-z0-9_][\w.-]*$/.exec(plain) ?? [];
    const near = legalName(plain.slice(0, plain.length - tagged.length));
    const apart = tagged || plain !== text ? ', without a scheme, a tag or a digest' : '';
    return `Write it as "${near}"${apart}: lower-case letters and digits, with single . _ or - between.`;
}
/** The nearest legal form of a name of several parts. */
function legalName(text) {
    return text.split('/').filter(Boolean).map(legalComponent).join('/') || 'app';
}
/** The nearest legal form of a name that nobody typed (a repository's owner, a project's name). */
function legalComponent(text) {
    const legal = text
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/[._-]+/g, (run) => run.slice(-1));
    return (0,_project_cuts_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutEnds */ .$b)(legal, '._-') || 'app';
}
/**
 * A tag that the user typed: it is taken as it is, or refused.
 * @throws UserError that says what to write
 */
function checkTag(input, tag) {
    if (TAG.test(tag))
        return tag;
    const shown = tag.length > 140 ? `${tag.slice(0, 60)}… (${tag.length} characters)` : tag;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${input} "${shown}" is not legal as an image tag`, { next: adviceFor(tag), input });
}
function adviceFor(tag) {
    // A whole reference, `ghcr.io/acme/shop:1.2.3`.
    const [, after] = /^[^\s]*[^\s:]:([A-Za-z0-9_][\w.-]{0,127})$/.exec(tag.replace(/@sha256:.*$/, '')) ?? [];
    if (!after && /@sha256:/.test(tag))
        return 'Write a tag: what an image is called by its digest, it is called without one.';
    if (after)
        return `Write "${after}": the rest comes from registry, namespace and image-name.`;
    const near = legalTag(tag);
    if (near === '' || tag.length > LONGEST_TAG)
        return `Write up to ${LONGEST_TAG} ASCII letters, digits, . _ and -, not beginning with . or -.`;
    return `Write it as "${near}".`;
}
/** The nearest legal tag, '' where nothing of the text is left: for proposals, and for texts that are no names of refs. */
function legalTag(text) {
    return text
        .replace(/[^A-Za-z0-9_.-]/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, LONGEST_TAG);
}
/** `[registry/]path[suffix]:tag` */
function reference(repository, tag, suffix = '') {
    return `${repositoryName(repository, suffix)}:${tag}`;
}
function repositoryName(repository, suffix = '') {
    return `${repository.registry ? `${repository.registry}/` : ''}${repository.path}${suffix}`;
}
/** Where a registry has an image, as docker reads its name; undefined for one that has no tag to be asked for. */
function parentPlace(name) {
    const [, full = '', tag = ''] = /^(.+?)(?::([\w][\w.-]*))?(?:@sha256:[0-9a-f]+)?$/.exec(name) ?? [];
    if (!full || (!tag && name.includes('@')))
        return undefined;
    const [first = '', ...rest] = full.split('/');
    const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    const path = hosted ? rest.join('/') : rest.length > 0 ? full : `library/${full}`;
    return { registry: hosted ? first : '', path, tag: tag || 'latest' };
}


/***/ }),

/***/ 491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ PYTHON_RELEASES)
/* harmony export */ });
/** Minor versions of CPython 3 and the days of their first release. @see https://devguide.python.org/versions/ */
const PYTHON_RELEASES = [
    [9, '2020-10-05'],
    [10, '2021-10-04'],
    [11, '2022-10-24'],
    [12, '2023-10-02'],
    [13, '2024-10-07'],
    [14, '2025-10-07'],
];


/***/ }),

/***/ 1948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H1: () => (/* binding */ DEFAULT_PYTHON),
/* harmony export */   Tn: () => (/* binding */ pythonVersion),
/* harmony export */   b_: () => (/* binding */ otherPython),
/* harmony export */   c2: () => (/* binding */ pythonToSet),
/* harmony export */   fU: () => (/* binding */ ownDockerfilePython)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _project_python_version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1170);
/* harmony import */ var _python_releases_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(491);



/** A minor release of ours changes this; "the newest stable" cannot be known offline and drifts. */
const DEFAULT_PYTHON = '3.13';
/** What is chosen for a project's requires-python: our default, else the newest that it allows. */
const PYTHONS = [DEFAULT_PYTHON, '3.14', '3.12', '3.11', '3.10', '3.9'];
/** Of the parent too, as src/stages/base/make.sh has it. */
const OLDEST = '3.9';
/**
 * The Python of a run: the one that is asked for, else one that all of the project's files allow. Of these the one of
 * its Dockerfile, in which it runs elsewhere; else our default, or what was the newest on the day.
 * @param day of the youngest package that may be installed, RFC 3339
 * @throws UserError where the project or its lock does not allow the Python that is asked for, or they contradict each other
 */
function pythonVersion(inputs, project, day) {
    const { lock, lockedPython: locked, requiresPython: required, python: named, dockerfile } = project;
    const tried = dockerfile?.python;
    const fits = _project_python_version_js__WEBPACK_IMPORTED_MODULE_1__/* .allowsSeries */ .YI;
    const range = inputs.pythonVersion ? undefined : named?.range;
    const exact = named?.version ? { version: named.version, from: named.from } : undefined;
    const asked = inputs.pythonVersion ? { version: inputs.pythonVersion, from: 'python-version' } : exact;
    const usual = usualPython(day);
    const fitting = fittingPython(inputs.pythonVersion ? { ...project, python: undefined } : project, day);
    if (range && !fitting) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('project', `${named?.from} says Python ${range}, and none of ${[...PYTHONS].sort(byMinor).join(', ')} meets that and what the project requires`, 'Set python-version to one that it allows.');
    }
    if (locked && required && !fitting && [locked, required].every((one) => PYTHONS.some((version) => fits(version, one)))) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('project', `${lock?.file} is for Python ${locked}, and ${project.name} requires ${required}`, 'Make the lock again.');
    }
    const instead = fitting ? `Set python-version to ${fitting}, for example.` : 'Set python-version to one that it allows.';
    const [by, bound] = asked && !fits(asked.version, locked) ? [lock?.file, locked] : [project.name, required];
    if (asked && !fits(asked.version, bound)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('project', `${by} requires Python ${bound}, and ${asked.from} says ${asked.version}`, instead);
    }
    if (asked && byMinor(asked.version, OLDEST) < 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('project', `${asked.from} says Python ${asked.version}, and ${OLDEST} is the oldest that is packaged`, instead);
    if (asked)
        return asked;
    if (range && fitting)
        return { version: fitting, from: `${named?.from}, which says ${range}` };
    if (!fitting)
        return { version: DEFAULT_PYTHON, from: 'the default' };
    if (fitting === tried)
        return { version: fitting, from: 'its Dockerfile' };
    if (fitting === usual)
        return { version: fitting, from: usual === DEFAULT_PYTHON ? 'the default' : `the newest on ${day.slice(0, 10)}` };
    const decided = !fits(usual, locked) ? `${lock?.file}, which is for Python ${locked}` : `requires-python ${required}`;
    return { version: fitting, from: decided };
}
/**
 * The Python to set where the project's files contradict each other, or name one that is too old.
 * @param day as for `pythonVersion`
 * @returns undefined where nothing has to be set, and where nothing would help
 */
function pythonToSet(project, day) {
    try {
        pythonVersion({ pythonVersion: '' }, project, day);
        return undefined;
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo))
            throw error;
        const version = fittingPython({ ...project, python: undefined }, day);
        return version === undefined ? undefined : { version, why: error.message };
    }
}
/**
 * What is said where the image has another Python than a file of the project names, as its base was chosen without
 * a word of Python.
 * @param from what decided over the Python, e.g. `parent-image`
 * @returns undefined where nothing is left aside
 */
function otherPython(named, { from, version }) {
    if (!named || from === 'python-version')
        return undefined;
    const asked = named.version || named.range;
    if (named.version ? version.startsWith(`${named.version}.`) : (0,_project_python_version_js__WEBPACK_IMPORTED_MODULE_1__/* .allowsPython */ .N8)(version, named.range))
        return undefined;
    return `${named.from} says Python ${asked}, and the image has ${version}, as ${from} decides.`;
}
/**
 * The Python of a project's own Dockerfile as one that a file names.
 * @returns undefined where another file pins one, and where the project does not allow it: then it is none to follow
 */
function ownDockerfilePython({ dockerfile, python, requiresPython, lockedPython }) {
    const version = dockerfile?.python;
    if (version === undefined || python?.version)
        return undefined;
    const allowed = [requiresPython, lockedPython, python?.range].every((range) => (0,_project_python_version_js__WEBPACK_IMPORTED_MODULE_1__/* .allowsSeries */ .YI)(version, range));
    return allowed ? { version, from: 'Its Dockerfile' } : undefined;
}
/** The best one that all files allow, what one of them pins aside. */
function fittingPython({ lockedPython, requiresPython, python, dockerfile }, day) {
    const wishes = [...PYTHONS.filter((version) => version === dockerfile?.python), usualPython(day), ...PYTHONS];
    return wishes.find((version) => [lockedPython, requiresPython, python?.range].every((range) => (0,_project_python_version_js__WEBPACK_IMPORTED_MODULE_1__/* .allowsSeries */ .YI)(version, range)));
}
/** Packages of a day have no wheels for a Python that came after it. */
function usualPython(day) {
    const minor = _python_releases_js__WEBPACK_IMPORTED_MODULE_2__/* .PYTHON_RELEASES */ .A.findLast(([, released]) => released <= day)?.[0] ?? 9;
    return minor >= Number(DEFAULT_PYTHON.slice(2)) ? DEFAULT_PYTHON : `3.${minor}`;
}
function byMinor(one, other) {
    return Number(one.slice(2)) - Number(other.slice(2));
}


/***/ }),

/***/ 6212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $b: () => (/* binding */ withoutEnds),
/* harmony export */   Mx: () => (/* binding */ withoutEnd),
/* harmony export */   wj: () => (/* binding */ withoutExtras)
/* harmony export */ });
// Cuts that a pattern would make in a time that grows with the square of the text's length.
/** A text without the given characters at its end. */
function withoutEnd(text, ends) {
    let end = text.length;
    while (end > 0 && ends.includes(text.charAt(end - 1)))
        end--;
    return text.slice(0, end);
}
/** A text without the given characters at both its ends. */
function withoutEnds(text, ends) {
    let start = 0;
    while (start < text.length && ends.includes(text.charAt(start)))
        start++;
    return withoutEnd(text.slice(start), ends);
}
/**
 * `./core[web,db]` as `./core` and `web,db`; extras are '' where no bracket ends the text.
 * @see pip's `_strip_extras`, by `^(.+)(\[[^\]]+\])$`
 */
function withoutExtras(text) {
    const open = text.endsWith(']') ? text.lastIndexOf('[', text.length - 3) : -1;
    const extras = text.slice(open + 1, -1);
    return open < 1 || extras === '' || extras.includes(']') ? { before: text, extras: '' } : { before: text.slice(0, open), extras };
}


/***/ }),

/***/ 1170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N8: () => (/* binding */ allowsPython),
/* harmony export */   O7: () => (/* binding */ readPythonFiles),
/* harmony export */   YI: () => (/* binding */ allowsSeries),
/* harmony export */   l$: () => (/* binding */ PYTHON_FILES),
/* harmony export */   ww: () => (/* binding */ pythonFiles)
/* harmony export */ });
/* harmony import */ var _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9687);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _toml_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1565);



/** Other implementations, and builds of CPython without its global lock, which `python` images do not have. */
const OTHERS = /^(pypy|graalpy|graalpython|jython|stackless|micropython|miniconda|anaconda|miniforge|mambaforge|pyston|nogil)|\+freethreaded|^3\.\d+(\.\d+)?t/i;
/**
 * Reads the Python that files name, in their order: the first that names one counts.
 * @param texts by path, nearest first
 * @see https://github.com/pyenv/pyenv#understanding-python-version-selection
 * @see https://docs.astral.sh/uv/concepts/python-versions/#requesting-a-version
 * @see https://mise.jdx.dev/configuration.html
 */
function readPythonFiles(texts) {
    const unread = [];
    for (const [file, text] of texts) {
        const requests = requestsOf(file, text);
        for (const request of requests) {
            const found = OTHERS.test(request) ? undefined : readRequest(request);
            if (found)
                return { named: { ...found, from: file }, unread };
        }
        const [first] = requests;
        if (first === undefined || first === 'system' || first === 'latest')
            continue;
        unread.push(`"${first.slice(0, 60)}" in ${file} is not read: it names no CPython by its version. The input python-version does.`);
    }
    return { named: undefined, unread };
}
/** Names of the files in one folder, first first. */
const PYTHON_FILES = ['.python-version', '.tool-versions', 'mise.toml', '.mise.toml'];
/** What a file asks for, best first. */
function requestsOf(file, text) {
    if (file.endsWith('.toml'))
        return miseRequests(file, text);
    const lines = text
        .replace(/^\uFEFF/, '')
        .split(/\r\n|\r|\n/)
        .map((line) => (line.split('#')[0] ?? '').trim())
        .filter(Boolean);
    const name = file.split('/').at(-1);
    if (name === '.python-version')
        return lines.flatMap((line) => (/[<>=!~]/.test(line) ? [line] : line.split(/[\s:]+/)));
    if (name === 'runtime.txt')
        return lines.filter((line) => /^(python|pypy|\d)/i.test(line)).slice(0, 1);
    return lines.flatMap((line) => /^python\s+([\s\S]*)$/.exec(line)?.[1]?.split(/\s+/) ?? []);
}
/** `[tools] python`: a version, several, or a table that has one. A file that mise itself could not read says nothing. */
function miseRequests(file, text) {
    let tools;
    try {
        tools = (0,_toml_js__WEBPACK_IMPORTED_MODULE_2__/* .tableAt */ .af)((0,_toml_js__WEBPACK_IMPORTED_MODULE_2__/* .readToml */ .D7)(file, text), 'tools');
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo)
            return [];
        throw error;
    }
    const { python } = tools;
    const all = Array.isArray(python) ? python : [python];
    const versions = all.map((one) => (typeof one === 'string' ? one : (0,_toml_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)((0,_toml_js__WEBPACK_IMPORTED_MODULE_2__/* .tableAt */ .af)({ one }, 'one'), 'version')));
    return versions.flatMap((one) => (one === undefined ? [] : one.replace(/^prefix:/, '')));
}
/** `3.12`, `3.12.4`, `3.12-dev`, `cpython@3.12`, `cpython-3.12.4-linux-x86_64-gnu`, `python-3.12.1`, `>=3.11,<3.12`. */
function readRequest(request) {
    const plain = request.replace(/^(?:c?python|cp)[@-]?/i, '');
    if (/^[<>=!~]/.test(plain))
        return (0,_renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__/* .validRange */ .Im)(plain.replace(/\s+/g, '')) ? { version: '', range: plain.replace(/\s+/g, '') } : undefined;
    const [, series] = /^(3\.\d{1,2})(?:[.-].*|(?:a|b|rc)\d+)?$/.exec(plain) ?? [];
    if (series)
        return { version: series };
    return plain === '3' ? { version: '', range: '==3.*' } : undefined;
}
/**
 * Whether some release of a Python such as `3.12` meets a range; one that cannot be read decides nothing.
 * @param range PEP 440, and such with `||` between them, as Poetry has it; undefined for any
 */
function allowsSeries(series, range) {
    return [0, 99].some((patch) => allowsPython(`${series}.${patch}`, range));
}
/** The same of a full version. */
function allowsPython(version, range) {
    return (range ?? '').split('||').some((one) => one.trim() === '' || !(0,_renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__/* .validRange */ .Im)(one.trim()) || (0,_renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__/* .satisfies */ .ib)(version, one.trim()));
}
/** Nearest first, as pyenv and uv look for them; runtime.txt belongs to the application. */
function pythonFiles(texts) {
    const levels = [...texts.keys()].flatMap((file) => {
        const [, level = '', name = ''] = /^((?:\.\.\/)*)([^/]+)$/.exec(file) ?? [];
        return PYTHON_FILES.includes(name) ? [level] : [];
    });
    const order = [...new Set(['', ...levels.sort((one, other) => one.length - other.length)])];
    const names = order.flatMap((level) => [...PYTHON_FILES.map((name) => `${level}${name}`), ...(level === '' ? ['runtime.txt'] : [])]);
    return new Map(names.flatMap((name) => (texts.has(name) ? [[name, texts.get(name) ?? '']] : [])));
}


/***/ }),

/***/ 5906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   oA: () => (/* binding */ LOCK_SIZE),
/* harmony export */   pL: () => (/* binding */ TREE_SIZE),
/* harmony export */   yf: () => (/* binding */ TEXT_SIZE)
/* harmony export */ });
/** Bytes of a text that people write by hand, such as pyproject.toml or a Procfile: far more than any has. */
const TEXT_SIZE = 1 << 20;
/** Bytes of a text that tools write: a lock, or requirements with hashes. */
const LOCK_SIZE = 64 << 20;
/** Bytes of all texts of a project together, as a tree may hold any number of files by the names that are read. */
const TREE_SIZE = 256 << 20;


/***/ }),

/***/ 1565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   D7: () => (/* binding */ readToml),
/* harmony export */   af: () => (/* binding */ tableAt),
/* harmony export */   i1: () => (/* binding */ textsAt)
/* harmony export */ });
/* harmony import */ var smol_toml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3292);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);


/**
 * Reads a TOML file of the user.
 * @param file its path relative to the workspace, for the annotation
 * @throws UserError with line and column where the text is not TOML
 */
function readToml(file, text) {
    const strange = text.indexOf('\uFFFD'); // what is not of UTF-8 was read as this
    if (strange >= 0) {
        const line = text.slice(0, strange).split('\n').length;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('project', `${file}:${line} is not UTF-8, which TOML is`, {
            next: 'Save the file as UTF-8.',
            place: { file, line },
        });
    }
    try {
        return (0,smol_toml__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text.replace(/^\uFEFF/, ''));
    }
    catch (error) {
        if (!(error instanceof smol_toml__WEBPACK_IMPORTED_MODULE_0__/* .TomlError */ .zx))
            throw error;
        const cause = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document:\s*/, '');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('project', `${file}:${error.line}:${error.column} is not valid TOML: ${cause}`, {
            next: 'Fix that line.',
            place: { file, line: error.line, column: error.column },
        });
    }
}
/** The table under `keys`, or an empty one where there is none. */
function tableAt(table, ...keys) {
    let here = table;
    for (const key of keys)
        here = isTable(here) ? here[key] : undefined;
    return isTable(here) ? here : {};
}
function textAt(table, key) {
    const value = table[key];
    return typeof value === 'string' ? value : undefined;
}
function textsAt(table, key) {
    const value = table[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
function isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}


/***/ }),

/***/ 1043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jW: () => (/* binding */ SHELF),
/* harmony export */   re: () => (/* binding */ inWheelhouse),
/* harmony export */   yR: () => (/* binding */ TEST_SHELF)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

/** Names inside the wheelhouse. */
const SHELF = {
    lock: 'pylock.toml',
    resolution: '.build/resolution.json',
    local: '.build/local.json',
    uv: '.build/uv',
    requires: '.build/requires',
    locks: '.build/locks',
    manifests: '.build/manifests',
    debian: '.build/debian',
    sbom: '.build/sbom',
    imported: '.build/imported',
};
/** The wheelhouse of what only the test image has, below the wheelhouse. */
const TEST_SHELF = '.build/test';
/** A place in the wheelhouse, absolute. */
function inWheelhouse({ paths }, ...names) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.join(paths.wheelhouse, ...names);
}


/***/ }),

/***/ 2155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ isBelow)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

/** Whether a path is a folder or lies below it, by their words alone. Both absolute. */
function isBelow(place, folder) {
    const relative = node_path__WEBPACK_IMPORTED_MODULE_0__.relative(folder, place);
    return relative !== '..' && !relative.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_0__.sep}`) && !node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute(relative);
}


/***/ }),

/***/ 47:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ messageLine),
/* harmony export */   _: () => (/* binding */ readMessage)
/* harmony export */ });
/** Reads `notice[code]: text`; undefined for anything else. */
function readMessage(stage, line) {
    const [, level, code = '', text = ''] = /^(note|notice|warning|error)(?:\[([a-z-]{1,40})\])?: (.*)$/.exec(line) ?? [];
    return level === undefined ? undefined : { stage, level: level, code, text };
}
/** The line that `readMessage` reads. */
function messageLine({ level, code, text }) {
    return `${level}${code && `[${code}]`}: ${text}`;
}


/***/ }),

/***/ 6721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ stageWords)
/* harmony export */ });
/** Stages of our Dockerfiles in words; others are called as they are. */
const WORDS = {
    'base-tree': 'Python for base',
    'debian-lists': "Debian's lists of packages",
    builder: 'installing compilers',
    target: 'asking Python for its version',
    tools: 'getting uv',
    'kept-tools': 'getting uv',
    uv: 'getting uv',
    lock: 'choosing what is installed',
    'build-lock': 'resolving what building requires',
    'build-environment': 'preparing the build of the project',
    'app-wheel': 'building the wheel of the project',
    debian: 'getting Debian packages',
    system: 'installing Debian packages',
    dependencies: 'installing the packages',
    ahead: 'compiling byte code',
    trial: 'importing the application',
    said: 'importing the application',
    changes: 'looking at what changed',
    'test-dependencies': 'installing the packages of the test image',
    'test-system': 'installing Debian packages of the test image',
};
/** What a stage of a build does, as its user would say it. @param stage e.g. `trial`, `wheel-uwsgi` */
function stageWords(stage) {
    const plain = stage.replace(/-files$/, '');
    const package_ = /^wheel-(.+)$/.exec(plain)?.[1];
    if (package_)
        return `building ${package_}`;
    if (plain.startsWith('evidence-'))
        return `finding what ${plain === 'evidence-app-wheel' ? 'the project' : plain.replace(/^evidence-(wheel-)?/, '')} links`;
    return WORDS[plain] ?? plain;
}


/***/ }),

/***/ 8995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LF: () => (/* binding */ limitOf),
/* harmony export */   Mh: () => (/* binding */ LONGER),
/* harmony export */   lC: () => (/* binding */ leftOf),
/* harmony export */   r4: () => (/* binding */ inWords)
/* harmony export */ });
/** What a step may take where the input `timeout` says nothing, in minutes. */
const MINUTES = { build: 60, transfer: 30, run: 10, manage: 10, 'test-command': 60 };
/** Seconds that a step may take. @param timeout the input: minutes for each step, '' for the step's own */
function limitOf(step, timeout = '') {
    return Math.ceil((timeout === '' ? MINUTES[step] : Number(timeout)) * 60);
}
/** `6 s`, `10 minutes` */
function inWords(seconds) {
    return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 6) / 10} minutes`;
}
/** Seconds that are left. @param start by `performance.now()` */
function leftOf(limit, start) {
    return Math.max(0, Math.round(limit - (performance.now() - start) / 1000));
}
/** What an error of a step that was stopped says to do. */
const LONGER = 'If it needs longer, set timeout (minutes for each step).';


/***/ })

};
