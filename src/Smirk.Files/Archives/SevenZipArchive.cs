using System.Diagnostics;
using Smirk.Files.Posix;

namespace Smirk.Files.Archives;

/// <summary>A .7z file, read through libarchive's bsdtar where that is installed: it turns the archive into a tar on its standard output,
/// and unpacks nothing onto the disk.</summary>
internal sealed class SevenZipArchive(string path) : Archive
{
    private const string Missing = "unreadable: .7z needs bsdtar; install it with: sudo apt-get install libarchive-tools";

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default) =>
        ProcessGroup.IsInstalled("bsdtar") ? new TarArchive(path, _ => new ProcessOutput(Start(), cancel), judgesAtEnd: true)
            .Members(limits, unpacked, cancel) : [new ArchiveDamage(new ArchiveRefusal(ArchiveFault.MissingProgram, Missing))];

    // The path stands behind '@' and is absolute, so it can be no option.
    private Process Start()
    {
        var start = new ProcessStartInfo("bsdtar", ["-cf", "-", "--format=pax", $"@{Path.GetFullPath(path)}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return ProcessGroup.Start(start, Missing);
    }

    /// <summary>What a process prints; the process ends with it.</summary>
    private sealed class ProcessOutput : ForwardStream
    {
        private readonly Process _process;
        private readonly Stream _output;
        private readonly CancellationToken _cancel;
        private readonly CancellationTokenRegistration _stop;
        private string _complaint = "can't read it to its end";

        public ProcessOutput(Process process, CancellationToken cancel)
        {
            (_process, _output, _cancel) = (process, process.StandardOutput.BaseStream, cancel);
            _stop = cancel.Register(() => ProcessGroup.Kill(process));
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
            _cancel.ThrowIfCancellationRequested();
            return _process.ExitCode == 0 ? 0 : throw new InvalidDataException($"bsdtar {_complaint}");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _stop.Dispose();
                if (!_process.HasExited)
                    ProcessGroup.Kill(_process);
                _process.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
