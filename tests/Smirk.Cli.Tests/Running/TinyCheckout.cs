namespace Smirk.Cli.Tests.Running;

/// <summary>A checkout with the real launcher, one C function and a program of one class, so that building it takes seconds.</summary>
internal static class TinyCheckout
{
    // Waits when told to, then loads its shim and says what it was built from: the shim's number and the classes' names.
    private const string Program = """
        using System.Runtime.InteropServices;
        if (args is ["wait"])
        {
            Console.WriteLine("waiting");
            Console.ReadLine();
        }

        var shim = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libsmirk_tiny.so"));
        var number = Marshal.GetDelegateForFunctionPointer<Number>(NativeLibrary.GetExport(shim, "number"))();
        var classes = typeof(Number).Assembly.GetTypes().Where(t => t.Name.StartsWith("Mark")).Select(t => t.Name).Order();
        Console.WriteLine($"{number} {string.Join(' ', classes)}");
        delegate int Number();
        """;

    /// <summary>Writes it into <paramref name="folder"/>.</summary>
    public static void Write(string folder)
    {
        foreach (var file in new[] { "smirk", "eng/build.sh", "Directory.Build.targets", "global.json" })
            Copy(file);
        Text("Directory.Build.props", "<Project/>");
        Text("Directory.Packages.props", "<Project/>");
        Text("web/page/page.html", "");
        Text("src/Smirk.Cli/Smirk.Cli.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <AssemblyName>smirk</AssemblyName>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        Text("src/Smirk.Cli/Program.cs", Program);
        Mark(folder, "Mark");
        Text("native/CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.20)
            project(tiny LANGUAGES C)
            add_library(smirk_tiny SHARED tiny.c)
            set_target_properties(smirk_tiny PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${SMIRK_OUTPUT})
            """);
        Number(folder, 1);

        void Copy(string file) => File.Copy(Path.Combine(TestData.Repository, file), Prepared(folder, file));

        void Text(string file, string text) => File.WriteAllText(Prepared(folder, file), text);
    }

    /// <summary>Gives the program a class of this name.</summary>
    public static void Mark(string folder, string name) =>
        File.WriteAllText(Prepared(folder, $"src/Smirk.Cli/{name}.cs"), $"public sealed class {name};");

    /// <summary>Gives the shim another number.</summary>
    public static void Number(string folder, int number) =>
        File.WriteAllText(Prepared(folder, "native/tiny.c"), $"int number(void) {{ return {number}; }}");

    private static string Prepared(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
