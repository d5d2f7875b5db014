using System.Diagnostics;
using Smirk.Workspace.Priority;

namespace Smirk.Workspace.Tests.Priority;

public sealed class ProcessPriorityTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(20)]
    public void A_number_that_the_system_has_not_is_refused(int nice) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessPriority.Lower(nice));

    [Fact]
    public void Zero_changes_nothing()
    {
        var before = Nice();
        ProcessPriority.Lower(0);
        Assert.Equal(before, Nice());
    }

    private static string Nice() => File.ReadAllText($"/proc/{Process.GetCurrentProcess().Id}/stat").Split(") ")[^1].Split(' ')[16];
}
