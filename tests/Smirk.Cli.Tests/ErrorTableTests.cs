using System.Text.Json;
using Microsoft.Data.Sqlite;
using Smirk.Imaging.Reading;
using Smirk.Torch.Errors;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Tests;

public sealed class ErrorTableTests
{
    public static TheoryData<Exception, int, string> Known =>
    [
        (new UsageException("-x is wrong."), 2, "-x is wrong."),
        (new DeviceMissingException("no cuda:9"), 2, "no cuda:9"),
        (new TorchOutOfMemoryException("8 GB"), 1, "Not enough memory: 8 GB."),
        (new TorchFailureException("CUDA error: unknown"), 1, "libtorch failed: CUDA error: unknown."),
        (new TorchUnknownException("?"), 1, "libtorch failed: ?."),
        (new TorchNotImplementedException("conv"), 1, "Try --device cpu"),
        (new UnusablePictureException(PictureFault.Damaged, "cut off"), 1, "A picture can't be used: cut off."),
        (new JsonException("'x' is invalid"), 1, "A file that should hold JSON is damaged: 'x' is invalid."),
        (new InvalidDataException("no zstd"), 1, "A file is damaged: no zstd."),
        (new SqliteException("SQLite Error 6: 'database table is locked'.", 6), 1, "SQLite failed: SQLite Error 6"),
        (new UnauthorizedAccessException("Access to the path '/x' is denied."), 1, "Access to the path '/x' is denied. Check who owns it"),
        (new IOException("No space left on device : '/x'", 28), 1, "The disk is full: No space left on device : '/x'."),
        (new FileNotFoundException("Could not find file '/x'."), 1, "Could not find file '/x'."),
        (new OutOfMemoryException(), 1, "Not enough memory."),
        (new AggregateException(new IOException("gone")), 1, "gone"),
        (new TypeInitializationException("X", new DllNotFoundException("libx.so isn't built yet.")), 1, "libx.so isn't built yet."),
        (new HttpRequestException("refused"), 1, "The network failed: refused."),
    ];

    [Theory]
    [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
    public void Known_errors_are_described_in_one_line(Exception error, int code, string expected)
    {
        var described = ErrorTable.Describe(error);
        Assert.NotNull(described);
        Assert.Equal(code, described.Value.ExitCode);
        Assert.Contains(expected, described.Value.Line);
        Assert.DoesNotContain('\n', described.Value.Line);
    }

    [Fact]
    public void Bugs_are_not_described_as_errors_of_the_user() =>
        Assert.All<Exception>([new InvalidOperationException("x"), new TorchArgumentException("shape"), new NullReferenceException()],
            error => Assert.Null(ErrorTable.Describe(error)));

    [Fact]
    public void Fault_is_one_line_that_names_the_file_with_the_details()
    {
        using var folder = new TemporaryFolder();
        var line = Fault.Report(Thrown(), ["train", "-w", "smug"], folder.File("faults"));
        Assert.StartsWith("This is a fault of Smirk, not of yours (InvalidOperationException: two lines).", line);
        Assert.DoesNotContain('\n', line);
        var details = File.ReadAllText(Assert.Single(Directory.GetFiles(folder.File("faults"))));
        Assert.Contains("smirk train -w smug", details);
        Assert.Contains(nameof(Thrown), details);
    }

    [Fact]
    public void Fault_prints_its_details_when_no_file_can_be_written()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(nameof(Thrown), Fault.Report(Thrown(), [], folder.Write("a file", "x"u8)));
    }

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("two lines\nof it");
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }
}
