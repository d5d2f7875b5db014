using Smirk.Cli.Install;

namespace Smirk.Cli.Tests.Install;

public sealed class ManualPageTests
{
    public static TheoryData<string> Pages => ["smirk", .. Program.Commands.Select(command => $"smirk-{command.Name}")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_are_sound_and_show_every_option(string page)
    {
        using var folder = new TemporaryFolder();
        var root = CommandRunner.WithCommonOptions(Program.Root());
        var command = root.Subcommands.FirstOrDefault(sub => ManualPage.NameOf(sub) == page) ?? (System.CommandLine.Command)root;
        using var writer = new StringWriter();
        ManualPage.Write(command, root, writer);
        var text = writer.ToString();
        Assert.All(command.Options.Where(option => option.Name != "/?"), option =>
            Assert.Contains(option.Name.Replace("-", "\\-"), text));
        Assert.Contains(".SH EXAMPLES", text);
        Assert.SkipUnless(Shell.Has("groff"), "groff isn't installed");
        folder.Write("page.1", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal("", Shell.Run(folder.Path, "groff -man -ww -z -k -Tutf8 page.1 2>&1"));
    }

    [Fact]
    public async Task Manual_writes_a_page_for_every_command()
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run("manual", folder.File("man1"));
        Assert.Equal(0, output.ExitCode);
        Assert.Equal([.. Program.Commands.Select(command => $"smirk-{command.Name}.1").Append("smirk.1").Order(StringComparer.Ordinal)],
            Directory.GetFiles(folder.File("man1")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
