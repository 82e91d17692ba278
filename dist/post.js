// The post step's entrypoint. The runner tells the two steps apart by their files alone: of a run that was
// killed before it saved a word there is no state, and the post step would do all its work again.
process.argv.push('--post');
await import('./index.js');
export {};
