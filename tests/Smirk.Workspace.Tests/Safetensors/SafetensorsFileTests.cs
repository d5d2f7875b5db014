using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Safetensors;

namespace Smirk.Workspace.Tests.Safetensors;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_is_written_is_read_back_for_any_names_types_shapes_and_metadata()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("any.safetensors");
        var tensors =
            from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from type in Gen.Elements(Enum.GetValues<ElementType>())
            from rank in Gen.Choose(0, 4)
            from shape in Gen.Choose(0, 4).ListOf(rank)
            select new { Name = Clean(name.Get), Type = type, Shape = shape.Select(s => (long)s).ToArray() };
        var files =
            from list in tensors.ListOf()
            from key in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from value in ArbMap.Default.GeneratorFor<NonNull<string>>()
            select (Tensors: list.DistinctBy(t => t.Name).Where(t => t.Name != "__metadata__").ToArray(), Key: Clean(key.Get),
                Value: Clean(value.Get));
        Prop.ForAll(files.ToArbitrary(), file =>
        {
            var bytes = file.Tensors.ToDictionary(t => t.Name, t => Bytes(t.Name, TensorInfo.BytesOf(t.Type, t.Shape)));
            SafetensorsFile.Write(path, [.. file.Tensors.Select(t => new TensorToWrite(t.Name, t.Type, t.Shape, bytes[t.Name]))],
                new Dictionary<string, string> { [file.Key] = file.Value });
            using var read = SafetensorsFile.Open(path);
            Assert.Equal(file.Value, read.Metadata[file.Key]);
            Assert.Equal(file.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal), read.Names.Order(StringComparer.Ordinal));
            foreach (var tensor in file.Tensors)
            {
                Assert.Equal(tensor.Type, read[tensor.Name].Type);
                Assert.Equal(tensor.Shape, read[tensor.Name].Shape);
                Assert.Equal(bytes[tensor.Name], read.Bytes(tensor.Name).ToArray());
                Assert.Equal(0, read[tensor.Name].Begin % TensorInfo.SizeOf(tensor.Type));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var whole = Sample(folder);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write("cut.safetensors", whole.AsSpan(0, length));
            var error = Assert.Throws<UnusableInputException>(() => SafetensorsFile.Open(path));
            Assert.Contains("cut short", error.Message);
            Assert.Contains(path, error.Message);
        }
    }

    [Fact]
    public void A_header_changed_in_any_byte_is_read_as_another_header_or_refused_but_never_crashes()
    {
        using var folder = new TemporaryFolder();
        var whole = Sample(folder);
        var header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        for (var at = 0; at < header; at++)
        {
            foreach (var flip in new byte[] { 1, 16, 128, 255 })
            {
                var damaged = whole.ToArray();
                damaged[at] ^= flip;
                var path = folder.Write("damaged.safetensors", damaged);
                try
                {
                    using var read = SafetensorsFile.Open(path);
                    foreach (var tensor in read.Tensors)
                        Assert.Equal(tensor.Length, read.Bytes(tensor.Name).Length);
                }
                catch (UnusableInputException error)
                {
                    Assert.Contains("no whole safetensors file", error.Message);
                }
            }
        }
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "no JSON")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", "unknown dtype 'F33'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "takes 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,4]}}""", "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "no [begin, end]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "where byte 0 was expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "4 bytes after its last tensor")]
    [InlineData("""{"__metadata__":{"a":1}}""", "is no text")]
    public void A_header_that_the_bytes_dont_hold_is_refused_with_the_reason(string header, string reason)
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[8 + header.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(8));
        var error = Assert.Throws<UnusableInputException>(() => SafetensorsFile.Open(folder.Write("bad.safetensors", bytes)));
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Write_refuses_two_tensors_of_one_name_and_a_tensor_of_another_length_than_its_shape()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.safetensors");
        var one = new TensorToWrite("a", ElementType.U8, [2], new byte[2]);
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [one, one]));
        Assert.Throws<InvalidOperationException>(() => SafetensorsFile.Write(path, [one with { Shape = [3] }]));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Bytes_gives_parts_and_keeps_them_inside_the_tensor()
    {
        using var folder = new TemporaryFolder();
        Sample(folder);
        using var read = SafetensorsFile.Open(folder.File("sample.safetensors"));
        Assert.Equal(read.Bytes("b")[1..3].ToArray(), read.Bytes("b", 1, 2).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => read.Bytes("b", 2, 4));
        Assert.Throws<UnusableInputException>(() => read["c"]);
    }

    private static byte[] Sample(TemporaryFolder folder)
    {
        var path = folder.File("sample.safetensors");
        SafetensorsFile.Write(path, [new("b", ElementType.U8, [5], Bytes("b", 5)),
            new("a.weight", ElementType.F32, [2, 3], Bytes("a", 24))], new Dictionary<string, string> { ["format"] = "pt" });
        return File.ReadAllBytes(path);
    }

    private static byte[] Bytes(string salt, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(i => (byte)((i * 31) + salt.Length))];

    // Half a surrogate pair can't be written as UTF-8 and read back as itself.
    private static string Clean(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
