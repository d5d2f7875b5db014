using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Safetensors;

/// <summary>A safetensors file, mapped into memory: nothing is read before it is asked for, and the bytes stay the system's to
/// drop.</summary>
/// <remarks>Format: 8 bytes with the header's length, little-endian; the header as JSON; the tensors' bytes without gaps
/// (github.com/huggingface/safetensors).</remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    // The format's own limit for headers, so that eight damaged bytes can't ask for terabytes.
    private const long LongestHeader = 100_000_000;

    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _data;
    private readonly Dictionary<string, TensorInfo> _tensors;

    private SafetensorsFile(string path)
    {
        Path = path;
        using var handle = File.OpenHandle(path);
        var (dataStart, dataLength, header) = ReadHeader(handle);
        (Tensors, Metadata) = SafetensorsHeader.Parse(header, dataLength);
        _tensors = Tensors.ToDictionary(t => t.Name);
        if (dataLength == 0)
            return;
        _map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _map.CreateViewAccessor(0, dataStart + dataLength, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _data = start + _view.PointerOffset + dataStart;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is in it, in the order of the bytes.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>The header's own words; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors' names in the order of the bytes.</summary>
    public IEnumerable<string> Names => Tensors.Select(t => t.Name);

    /// <summary>Writes a whole file atomically. Widest element types first, otherwise in the order given.</summary>
    /// <exception cref="ArgumentException">Two tensors share a name.</exception>
    /// <exception cref="IOException">The disk is full or can't be written; an older file of that name is as it was.</exception>
    public static void Write(string path, IReadOnlyList<TensorToWrite> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        SafetensorsWriter.Write(path, tensors, metadata);

    /// <summary>Maps <paramref name="path"/> and checks its header against its length.</summary>
    /// <exception cref="UnusableInputException">It isn't there, is cut short, or its header is damaged; the message says which.</exception>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            return new SafetensorsFile(path);
        }
        catch (FormatException error)
        {
            throw new UnusableInputException($"{path} is no whole safetensors file: {error.Message}.", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableInputException($"There is no file {path}.", error);
        }
    }

    /// <summary>Type, shape and place of the tensor <paramref name="name"/>.</summary>
    /// <exception cref="UnusableInputException">There is no such tensor.</exception>
    public TensorInfo this[string name] => _tensors.TryGetValue(name, out var tensor) ? tensor
        : throw new UnusableInputException(
            $"{Path} has no tensor '{name}'; it has "
                + $"{(Tensors.Count == 0 ? "none" : string.Join(", ", Names.Take(5)))}{(Tensors.Count > 5 ? "…" : "")}.");

    /// <summary>Whether the tensor <paramref name="name"/> is there.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>The tensor's bytes, little-endian, row-major; valid until this file is disposed.</summary>
    /// <exception cref="UnusableInputException">There is no such tensor.</exception>
    /// <exception cref="OverflowException">It has 2 GB or more: take it in parts.</exception>
    public ReadOnlySpan<byte> Bytes(string name) => Bytes(name, 0, checked((int)this[name].Length));

    /// <summary><paramref name="count"/> bytes of the tensor from byte <paramref name="from"/> on; valid until this file is
    /// disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part isn't inside the tensor.</exception>
    public ReadOnlySpan<byte> Bytes(string name, long from, int count)
    {
        ObjectDisposedException.ThrowIf(_view?.SafeMemoryMappedViewHandle.IsClosed ?? false, this);
        var tensor = this[name];
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + count, tensor.Length);
        return count == 0 ? [] : new ReadOnlySpan<byte>(_data + tensor.Begin + from, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_view is { SafeMemoryMappedViewHandle.IsClosed: false })
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _map?.Dispose();
    }

    private static (long DataStart, long DataLength, byte[] Header) ReadHeader(SafeFileHandle file)
    {
        var fileLength = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[8];
        if (fileLength < 8 || RandomAccess.Read(file, prefix, 0) < 8)
            throw new FormatException($"it is cut short: {fileLength} bytes, where the header's length alone takes 8");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > LongestHeader)
            throw new FormatException(
                $"its first 8 bytes say that the header has {headerLength} bytes; at most {LongestHeader} are allowed");
        if (fileLength < 8 + (long)headerLength)
            throw new FormatException($"it is cut short: the header should have {headerLength} bytes and {fileLength - 8} are there");
        var header = new byte[headerLength];
        for (var read = 0; read < header.Length;)
        {
            var more = RandomAccess.Read(file, header.AsSpan(read), 8 + read);
            if (more == 0)
                throw new FormatException("it became shorter while it was read");
            read += more;
        }

        return (8 + header.Length, fileLength - 8 - header.Length, header);
    }
}
