// `node run-typescript.cjs FILE` runs a TypeScript file: whatever it requires is compiled with the settings that Jest uses.
const path = require("node:path");
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, file) => module._compile(transformFileSync(file).code, file);
require(path.resolve(process.argv.splice(2, 1)[0]));
