/** A short file of each language, with a function to plant statements in and a place for another function. */
export const recallHosts: Readonly<Record<string, string>> = {
  javascript: `import { size } from "./size.js";\n\nexport function area(shape) {\n  const { width, height } = size(shape);\n  if (width < 0) {\n    report(width);\n  }\n  return width * height;\n}\n`,
  typescript: `export class Shape {\n  constructor(private readonly width: number) {}\n\n  area(height: number): number {\n    const width = this.width;\n    return width * height;\n  }\n}\n`,
  python: `import os\n\n\ndef area(shape):\n    """Of a shape."""\n    width = shape.width\n    if width < 0:\n        report(width)\n    return width * shape.height\n`,
  go: `package shapes\n\nfunc Area(shape Shape) int {\n\twidth := shape.Width\n\tif width < 0 {\n\t\treport(width)\n\t}\n\treturn width * shape.Height\n}\n`,
  java: `package shapes;\n\nclass Areas {\n    static int area(Shape shape) {\n        int width = shape.width();\n        if (width < 0) {\n            report(width);\n        }\n        return width * shape.height();\n    }\n}\n`,
  rust: `fn area(shape: &Shape) -> i32 {\n    let width = shape.width;\n    if width < 0 {\n        report(width);\n    }\n    width * shape.height\n}\n`,
  csharp: `class Areas\n{\n    static int Area(Shape shape)\n    {\n        var width = shape.Width;\n        if (width < 0)\n        {\n            Report(width);\n        }\n        return width * shape.Height;\n    }\n}\n`,
  c: `#include <stdio.h>\n\nint area(const struct shape *shape) {\n    int width = shape->width;\n    if (width < 0) {\n        report(width);\n    }\n    return width * shape->height;\n}\n`,
  cpp: `#include <vector>\n\nint area(const Shape& shape) {\n  int width = shape.width;\n  if (width < 0) {\n    report(width);\n  }\n  return width * shape.height;\n}\n`,
  php: `<?php\n\nfunction area($shape)\n{\n    $width = $shape->width;\n    if ($width < 0) {\n        report($width);\n    }\n    return $width * $shape->height;\n}\n`,
  ruby: `def area(shape)\n  width = shape.width\n  if width.negative?\n    report(width)\n  end\n  width * shape.height\nend\n`,
  shellscript: `#!/bin/bash\nset -eu\n\narea() {\n  local width=$1\n  echo $((width * $2))\n}\n\narea 3 4\n`,
  powershell: `function Get-Area {\n    param($Width, $Height)\n    $area = $Width * $Height\n    Write-Output $area\n}\n\nGet-Area 3 4\n`,
};
