using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

public class ErrorTests
{
    [Theory]
    [InlineData(0, typeof(TorchOutOfMemoryException), "out of memory")]
    [InlineData(1, typeof(TorchArgumentException), "shapes [2, 3] and [4] don't fit")]
    [InlineData(2, typeof(TorchIndexException), "index 7 is out of bounds")]
    [InlineData(3, typeof(TorchNotImplementedException), "not for this type")]
    [InlineData(4, typeof(TorchFailureException), "a runtime error")]
    [InlineData(5, typeof(TorchIndexException), "vector::at")]
    [InlineData(6, typeof(TorchArgumentException), "stoi")]
    [InlineData(7, typeof(TorchUnknownException), "an exception of an unknown type")]
    public void Every_kind_of_native_exception_becomes_a_typed_one_of_one_line(int kind, Type type, string message)
    {
        var error = Record.Exception(() => NativeCheck.Ensure(NativeMethods.Throw(kind)));
        Assert.IsType(type, error);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void More_memory_than_there_is_is_said_so() =>
        Assert.Throws<TorchOutOfMemoryException>(() => Tensor.Empty([1L << 50]));

    [Fact]
    public void Devices_are_read_by_name()
    {
        Assert.Equal(Device.Cpu, Device.Parse("cpu"));
        Assert.Equal("cuda:1", Device.Cuda(1).ToString());
        Assert.Throws<DeviceMissingException>(() => Device.Parse("gpu"));
        Assert.Throws<DeviceMissingException>(() => Device.Parse("cuda:99"));
        Assert.Equal(TorchRuntime.HasCuda ? Device.Cuda() : Device.Cpu, Device.Parse("auto"));
    }

    [Fact]
    public void The_runtime_tells_what_it_is()
    {
        Assert.Matches(@"^[12]\.\d+", TorchRuntime.Version);
        TorchRuntime.SetThreads(1);
        Assert.Equal(1, TorchRuntime.Threads);
        TorchRuntime.SetThreads();
        Assert.Equal(Environment.ProcessorCount, TorchRuntime.Threads);
    }
}
