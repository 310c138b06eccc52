// `node --require test/typescript.cjs FILE` runs a TypeScript file, in its threads too: whatever is required is compiled
// with the settings that Jest uses. What is imported by the name of its compiled file is found as well.
const Module = require("node:module");
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, file) => module._compile(transformFileSync(file).code, file);

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const isOurs = parent?.filename?.endsWith(".ts") && /^\.{1,2}\/.*\.js$/.test(request);
  return resolve(isOurs ? request.replace(/\.js$/, ".ts") : request, parent, ...rest);
};
