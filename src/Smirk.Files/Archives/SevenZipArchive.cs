using System.Diagnostics;

namespace Smirk.Files.Archives;

/// <summary>A .7z file, read through libarchive's bsdtar where that is installed: it turns the archive into a tar on its standard output, and unpacks nothing onto the disk.</summary>
internal sealed class SevenZipArchive(string path) : Archive
{
    private const string Missing = "unreadable: .7z needs bsdtar; install it with: sudo apt-get install libarchive-tools";

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(ArchiveLimits limits, CancellationToken cancel) =>
        IsThere() ? new TarArchive(path, _ => new ProcessOutput(Start()), judgesAtEnd: true).Members(limits, cancel) : [new ArchiveDamage(Missing)];

    private static bool IsThere() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "bsdtar")));

    // The path stands behind '@' and is absolute, so it can be no option.
    private Process Start() => Process.Start(new ProcessStartInfo("bsdtar", ["-cf", "-", "--format=pax", $"@{Path.GetFullPath(path)}"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    /// <summary>What a process prints; the process ends with it.</summary>
    private sealed class ProcessOutput : ForwardStream
    {
        private readonly Process _process;
        private readonly Stream _output;
        private string _complaint = "can't read it to its end";

        public ProcessOutput(Process process)
        {
            (_process, _output) = (process, process.StandardOutput.BaseStream);
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, line) =>
            {
                // The first complaint says what is wrong; the last only that it ended badly.
                if (line.Data?.Split(": ", 2) is [_, { Length: > 0 and < 200 } complaint] && _complaint.StartsWith("can't"))
                    _complaint = $"says: {complaint}";
            };
            process.BeginErrorReadLine();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = _output.Read(buffer);
            if (count > 0)
                return count;
            _process.WaitForExit();
            return _process.ExitCode == 0 ? 0 : throw new InvalidDataException($"bsdtar {_complaint}");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (!_process.HasExited)
                    _process.Kill();
                _process.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
