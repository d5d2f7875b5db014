using System.Text;
using System.Text.RegularExpressions;

namespace Smirk.Share.Page;

/// <summary>Makes one script of ES modules that import each other: each becomes a function that is called once, in the order of imports.
/// Browsers load modules only from addresses, and a page that is opened from a disk has none to load from.</summary>
/// <remarks>The modules keep to what this understands: imports of names, one line each, and exports in front of what is declared.</remarks>
internal static partial class ModuleJoin
{
    /// <summary>The script.</summary>
    /// <param name="entry">The module that everything starts from, such as "page/main.js".</param>
    /// <param name="read">Reads a module.</param>
    /// <exception cref="InvalidOperationException">Modules import each other in a circle, or one has an import of another form.</exception>
    public static string Of(string entry, Func<string, string> read)
    {
        var (order, open) = (new List<string>(), new HashSet<string>());
        var script = new StringBuilder("\"use strict\";\n");
        Add(entry);
        return script.ToString();

        void Add(string module)
        {
            if (order.Contains(module))
                return;
            if (!open.Add(module))
                throw new InvalidOperationException($"{module} imports itself through others.");
            var source = read(module);
            var body = Import().Replace(source, match =>
            {
                var other = Resolve(module, match.Groups["path"].Value);
                Add(other);
                return $"const {{{match.Groups["names"].Value.Replace(" as ", ": ")}}} = module{order.IndexOf(other)};";
            });
            if (AnyImport().Match(body) is { Success: true } strange)
                throw new InvalidOperationException($"{module} has an import that can't be joined: {strange.Value}");
            var names = Export().Matches(body).Select(match => match.Groups["name"].Value);
            body = Types().Replace(Export().Replace(body, "${what}${name}"), "");
            order.Add(module);
            script.Append($"// {module}\nconst module{order.Count - 1} = (() => {{\n{body}")
                .Append($"return {{ {string.Join(", ", names)} }};\n}})();\n");
        }
    }

    // "page/main.js" and "../engine/onnx.js" → "engine/onnx.js".
    private static string Resolve(string from, string path) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(from)!, path)));

    [GeneratedRegex("""^import \{(?<names>[^}]+)\} from "(?<path>\.[^"]+)";$""", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("^import .*$", RegexOptions.Multiline)]
    private static partial Regex AnyImport();

    // JSDoc: a quarter of the text, and only the type checker reads it.
    [GeneratedRegex("""/\*\*.*?\*/ ?\n?""", RegexOptions.Singleline)]
    private static partial Regex Types();

    [GeneratedRegex("^export (?<what>(?:async )?function\\*? |class |const |let )(?<name>\\w+)", RegexOptions.Multiline)]
    private static partial Regex Export();
}
