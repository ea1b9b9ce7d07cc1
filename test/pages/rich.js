/** An answer of everything an answer may hold, with everything in it that a careless widget would fetch or run. */
export const RICH = `# Everything

Words with **bold**, \`code\`, a [link](https://elsewhere.example/page) and https://elsewhere.example/bare.

\`\`\`js
const answer = 42; // the answer
\`\`\`

\`\`\`python
def answer(): return 42
\`\`\`

Inline $x^2$ and a block:

$$
\\frac{1}{2} + \\sqrt{x}
$$

| Name | Size |
| :--- | ---: |
| one | 1 |
| two | 2 |

\`\`\`csv
name,size
one,1
\`\`\`

![A picture](https://elsewhere.example/beacon.png?secret=1) ![Our own](/logout)

<img src="https://elsewhere.example/html.png" onerror="alert(1)" style="color: red"><script src="https://elsewhere.example/x.js"></script>
<details><summary>More</summary>Hidden</details>

- [x] done
- [ ] not done[^1]

[^1]: A note, with ![an image](https://elsewhere.example/note.png).
`;

export const DIAGRAM = '\n```mermaid\nflowchart LR\n  A --> B\n```\n';
