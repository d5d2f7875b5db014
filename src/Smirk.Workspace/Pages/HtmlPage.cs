using System.Net;

namespace Smirk.Workspace.Pages;

/// <summary>The pieces that Smirk's HTML pages (near duplicates, crops, run report) share. Pages are self-contained: no other files, no
/// network, no script of others.</summary>
public static class HtmlPage
{
    /// <summary>What <see cref="Begin"/> opens.</summary>
    public const string End = "</main></body></html>\n";

    // One look for all pages: light and dark as the reader's system is, colours as variables that every page's own style can use.
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c1b22; --dim: #6b6878; --paper: #fbfaf8; --line: #dcd8d0; --accent: #c2417c; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eceaf2; --dim: #9a96a8; --paper: #17161b; --line: #35323d; --accent: #f07bae; }
        }
        body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2.5rem auto; padding: 0 1.2rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
        h2 { font-size: 1.15rem; margin: 2.6rem 0 .7rem; border-top: 1px solid var(--line); padding-top: 1rem; }
        .dim { color: var(--dim); }
        .small { font-size: .8rem; line-height: 1.4; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .92rem; }
        td, th { text-align: left; padding: .28rem 1.2rem .28rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--dim); font-weight: 500; }
        pre { background: color-mix(in srgb, var(--line) 45%, transparent); padding: .8rem 1rem; border-radius: .4rem; overflow-x: auto; }
        [hidden] { display: none !important; }
        """;

    /// <summary>The page up to where its content begins.</summary>
    /// <param name="title">Shown by the browser; text.</param>
    /// <param name="width">The most that the content is wide, as CSS says it, such as "62rem".</param>
    /// <param name="style">The page's own CSS.</param>
    public static string Begin(string title, string width, string style) =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{Text(title)}</title>"
        + $"<style>{Style}\nbody {{ max-width: {width}; }}\n{style}</style></head><body><main>\n";

    /// <summary>Text made safe to stand in HTML and in attributes.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A picture that travels inside the page.</summary>
    /// <param name="bytes">An encoded picture.</param>
    /// <param name="type">"png" or "jpeg".</param>
    /// <param name="alt">What it shows; text.</param>
    /// <param name="attributes">More of the tag, such as <c>class="wide"</c>.</param>
    public static string Image(byte[] bytes, string type, string alt, string attributes = "") =>
        $"<img{(attributes.Length > 0 ? " " : "")}{attributes} alt=\"{Text(alt)}\" "
            + $"src=\"data:image/{type};base64,{Convert.ToBase64String(bytes)}\">";

    /// <summary>A table; cells are HTML already. One that is too wide for its place scrolls.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        $"<div class=\"scroll\"><table><thead><tr>{string.Concat(head.Select(h => $"<th>{h}</th>"))}</tr></thead><tbody>"
        + string.Concat(rows.Select(r => $"<tr>{string.Concat(r.Select(c => $"<td>{c}</td>"))}</tr>")) + "</tbody></table></div>";
}
