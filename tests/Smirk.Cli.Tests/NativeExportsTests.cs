using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Smirk.Files.Archives;
using Smirk.Imaging;
using Smirk.Torch;

namespace Smirk.Cli.Tests;

/// <summary>The native libraries' exports against what C# imports: names, parameters, results, and how errors leave them.</summary>
public sealed partial class NativeExportsTests
{
    // Looked up by name when the library is loaded, before anything is imported from it.
    private const string LookedUp = "smirk_torch_abi";

    // Names of pointer types in C++.
    private static readonly string[] Pointers = ["Handle", "Source", "Script"];

    private sealed record Signature(string Name, string Kinds);

    private static readonly Lazy<Dictionary<string, (Signature Signature, string Body)>> Exports = new(ReadExports);

    [Fact]
    public void Imports_and_exports_are_the_same_functions_with_the_same_parameters()
    {
        var imports =
            Imports(typeof(TorchRuntime).Assembly).Concat(Imports(typeof(Picture).Assembly)).Concat(Imports(typeof(ArchiveKinds).Assembly))
                .Append(new Signature(LookedUp, "() -> int32"));
        var exports = Exports.Value.Values.Select(export => export.Signature);
        Assert.Equal(Lines(exports), Lines(imports));
    }

    [Theory]
    [InlineData("torch")]
    [InlineData("vips")]
    [InlineData("vision")]
    [InlineData("archive")]
    public void Libraries_export_what_their_sources_say_and_nothing_else(string shim)
    {
        var folder = Environment.GetEnvironmentVariable("SMIRK_NATIVE") ?? Path.Combine(TestData.Repository, "build/native");
        var symbols = Shell.Run(folder, $"nm -D --defined-only libsmirk_{shim}.so");
        var exported =
            symbols.Split('\n').Select(line => line.Split(' ')[^1]).Where(name => name.StartsWith("smirk", StringComparison.Ordinal));
        var expected = Exports.Value.Keys.Where(name => name.StartsWith($"smirk_{shim}_", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_exception_leaves_an_export()
    {
        foreach (var (name, (_, body)) in Exports.Value)
        {
            var safe =
                body.Contains(" noexcept {", StringComparison.Ordinal) || body.Contains("return guarded([&]", StringComparison.Ordinal)
                || body.Contains("return computed([&]", StringComparison.Ordinal);
            Assert.True(safe, $"{name} is neither noexcept nor returns guarded(…) or computed(…)");
        }
    }

    private static IEnumerable<Signature> Imports(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        let import = method.GetCustomAttribute<DllImportAttribute>()
        where import?.Value.StartsWith("smirk_", StringComparison.Ordinal) == true
        let parameters = method.GetParameters().Select(parameter => Kind(parameter.ParameterType))
        select new Signature(import.EntryPoint ?? method.Name, $"({string.Join(", ", parameters)}) -> {Kind(method.ReturnType)}");

    private static IEnumerable<string> Lines(IEnumerable<Signature> all) =>
        all.Select(s => $"{s.Name} {s.Kinds}").Order(StringComparer.Ordinal);

    private static string Kind(Type type) => type switch
    {
        { IsPointer: true } or { IsByRef: true } => "pointer",
        { IsEnum: true } => Kind(Enum.GetUnderlyingType(type)),
        _ when type == typeof(nint) => "pointer",
        _ => type.Name.ToLowerInvariant(),
    };

    private static Dictionary<string, (Signature Signature, string Body)> ReadExports()
    {
        var exports = new Dictionary<string, (Signature, string)>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestData.Repository, "native"), "*.cpp", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file).Replace("\\\n", "\n", StringComparison.Ordinal);
            foreach (Match macro in Macro().Matches(text))
            {
                foreach (Match use in Regex.Matches(text, $@"^{macro.Groups["macro"].Value}\((\w+),", RegexOptions.Multiline))
                    Add(macro.Groups["prefix"].Value + use.Groups[1].Value, macro);
            }

            foreach (Match export in Export().Matches(text))
                Add(export.Groups["name"].Value, export);
        }

        return exports;

        void Add(string name, Match of)
        {
            var parameters = of.Groups["parameters"].Value.Split(',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(NativeKind);
            var signature =
                new Signature(name, $"({string.Join(", ", parameters)}) -> {NativeKind(of.Groups["result"].Value + " result")}");
            exports.Add(name, (signature, of.Value));
        }
    }

    // "const int64_t* sizes": the type without the name.
    private static string NativeKind(string parameter)
    {
        var type = parameter[..parameter.LastIndexOfAny([' ', '*'])];
        return parameter.Contains('*', StringComparison.Ordinal) || Pointers.Contains(type) ? "pointer"
            : type.Replace("_t", "", StringComparison.Ordinal);
    }

    // A function down to the brace that closes it at the beginning of a line.
    [GeneratedRegex(
        @"^SMIRK_EXPORT (?<result>[\w ]+\*?) (?<name>smirk_\w+)\((?<parameters>[^)]*)\).*?(\}$|^\})",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Export();

    // A macro that defines an export, down to the next one.
    [GeneratedRegex(
        @"^#define (?<macro>SMIRK_\w+)\(name[^)]*\)\s+SMIRK_EXPORT (?<result>\w+) (?<prefix>smirk_\w+_)##name\((?<parameters>[^)]*)\)[^#]*",
        RegexOptions.Multiline)]
    private static partial Regex Macro();
}
