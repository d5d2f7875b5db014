using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Report;

namespace Smirk.Files.Strip.Files;

/// <summary>Strips one file after the other: reads, decides, writes. One for each thread.</summary>
internal sealed unsafe class FileStripper(StripStageOptions options, WritePlaces places, CancellationToken cancel)
{
    // What is smaller is read in one go and kept; what is larger is seen through a window and copied by the kernel.
    private const int ReadWhole = 2 << 20;

    private byte[] _buffer = new byte[256 << 10];

    /// <summary>Never throws for what is wrong with the file.</summary>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the file is as it was.</exception>
    public StrippedFile Process(StripSource found)
    {
        if (found.Refusal is { } refusal)
            return Refused(found, refusal);
        var descriptor = FileCalls.Open(found.Path.Terminated, OpenFlags.Look);
        if (descriptor < 0)
            return Refused(found, $"it can't be opened: {Errno.Text(-descriptor)}");
        try
        {
            if (FileCalls.Status(descriptor, out var status) != 0 || !status.IsRegular)
                return Refused(found, "it isn't a regular file");
            return Process(new OpenedSource(found, descriptor, status, Read(descriptor, status.Identity.Size), cancel));
        }
        catch (UnstrippableException refused)
        {
            return Refused(found, refused.Message);
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }

    private StrippedFile Process(OpenedSource file)
    {
        var size = file.Status.Identity.Size;
        var (format, plan, reason) = MetadataStripper.Decide(file.Source, options.Strip);
        if (plan is null)
            return Refused(file.Found, reason!, format, size);
        var origins = OriginAttributes.Of(file.Descriptor);
        var isClean = plan.ChangesNothing && origins.Count == 0;
        if (options.Writes && Write(file, plan, isClean) is { } why)
            return Refused(file.Found, why, format, size);
        if (isClean)
            return new StrippedFile(file.Found.Path, StripStatus.Clean, null, format, [], size, size);
        StrippedPart[] parts = [.. plan.Removed, .. origins.Count == 0 ? Array.Empty<StrippedPart>() : [new(OriginAttributes.Part, 0)]];
        return new StrippedFile(file.Found.Path, StripStatus.Stripped, NoteOnLinks(file), format, parts, size, plan.Length)
        {
            Carried = options.Describe ? CarriedMetadata.Read(file.Source, format, plan) with { Origins = origins } : null,
        };
    }

    private string? Write(OpenedSource file, RewritePlan plan, bool isClean)
    {
        try
        {
            if (options.Output is { } output)
            {
                OutputFile.Write(places.Place(output, file.Found), file, plan, options.Touch);
            }
            else if (!isClean)
            {
                Replacement.Write(file, plan, options.Backup is { } backup ? places.Place(backup, file.Found) : null, options.Touch);
                places.Changed(file.Found.Path);
            }

            return null;
        }
        catch (UnstrippableException refused)
        {
            return refused.Message;
        }
    }

    private ByteSource Read(int descriptor, long size)
    {
        if (size > ReadWhole)
            return new ByteSource(descriptor, size, cancel);
        if (_buffer.Length < size)
            _buffer = GC.AllocateUninitializedArray<byte>(ReadWhole);
        fixed (byte* start = _buffer)
        {
            var read = FileCalls.ReadFully(descriptor, start, size, 0);
            if (read < 0)
                throw new UnstrippableException($"it can't be read: {Errno.Text((int)-read)}");
            return read == size ? new ByteSource(_buffer.AsMemory(0, (int)size))
                : throw new UnstrippableException("it got shorter while it was being read");
        }
    }

    // Renaming gives this name to a new file; the others go on naming the old one.
    private string? NoteOnLinks(OpenedSource file) => options.InPlace && file.Status.Links > 1
        ? $"it has {file.Status.Links} names (hard links); those that aren't stripped too {(options.DryRun ? "would keep" : "keep")} what "
            + "was removed"
        : null;

    private static StrippedFile Refused(StripSource found, string reason, StripFormat format = StripFormat.Unknown, long size = 0) =>
        new(found.Path, StripStatus.Refused, reason, format, [], size, size);
}
