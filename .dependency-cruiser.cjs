'use strict';
module.exports = { forbidden: [{name:'no-circles', severity:'error', from:{}, to:{circular:true}}], options: { doNotFollow: {path:'node_modules'}, tsConfig: {fileName:'tsconfig.json'}, tsPreCompilationDeps: true, enhancedResolveOptions:{extensions:['.ts','.js','.cjs','.mjs','.json']}}};
