using System.CommandLine;
using FsCheck;
using FsCheck.Fluent;

namespace Smirk.Cli.Tests;

/// <summary>Every option of every command that takes a number, a duration or a size.</summary>
public sealed class NumbersTests
{
    private static readonly Type[] Kinds = [typeof(int), typeof(long), typeof(ulong), typeof(double), typeof(TimeSpan)];

    private static readonly (string Command, string Option, Type Kind)[] Options =
    [
        .. Program.AllCommands()
            .SelectMany(command => command.Options.Select(option => (command.Name, option.Name, KindOf(option)))
                .Where(option => Kinds.Contains(option.Item3))),
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("NaN", "-NaN", "Infinity", "-Infinity", "∞", "1e400", "-1e400", "1e30", "-1e30", "0,002", "1,000", "0x10", "1_000",
            " 5", "5 ", "5x", "99999999999999999999", "--", "-", "."),
        ArbMap.Default.GeneratorFor<double>().Select(number => $"{number:R}"),
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && !text.Contains('\0')));

    [Fact]
    public void Numbers_are_read_as_written_or_refused()
    {
        Assert.True(Options.Length > 15);
        Prop.ForAll(Gen.Elements(Options).ToArbitrary(), Texts.ToArbitrary(), (option, text) =>
            IsTakenAsWritten(option.Command, option.Option, text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("crop . --margin NaN", "'NaN' isn't a number, which --margin takes; expected one like 0.5 or 40.")]
    [InlineData("crop . --margin 0,6", "'0,6' isn't a number, which --margin takes; expected one like 0.5 or 40.")]
    [InlineData("crop . --min-face 99999999999", "--min-face 99999999999 is out of range; expected -2147483648 to 2147483647.")]
    [InlineData("draw --count many", "'many' isn't a whole number, which --count takes.")]
    [InlineData("draw --seed=-1", "--seed -1 is out of range; expected 0 to 18446744073709551615.")]
    [InlineData("dupes . --minsize 1e30", "'1e30' isn't a size; expected one like 4096, 512K or 1.5M.")]
    public void Problem_says_what_is_expected(string line, string expected) => Assert.Equal(expected, Problem(line.Split(' '), out _));

    private static bool IsTakenAsWritten(string command, string option, string text)
    {
        if (Problem([command, $"{option}={text}"], out var parsed) is { } problem)
            return !problem.Contains("System.", StringComparison.Ordinal) || text.Contains("System.", StringComparison.Ordinal);
        return parsed.GetResult(option) is not System.CommandLine.Parsing.OptionResult { Tokens.Count: > 0 } result
            || KindOf(result.Option) == typeof(TimeSpan) || KindOf(result.Option) == typeof(long)
            || double.IsFinite(double.Parse(text, System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string? Problem(string[] arguments, out ParseResult parsed)
    {
        var root = CommandRunner.WithCommonOptions(new RootCommand());
        var command = Program.AllCommands(arguments[0]).Single();
        root.Subcommands.Add(command);
        string[] line =
        [
            .. arguments,
            .. command.Options.Where(o => o.Required).Select(o => $"{o.Name}=x"),
            .. command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0).Select(_ => "."),
        ];
        parsed = CommandRunner.Parse(root, line);
        return CommandRunner.Problem(parsed, line);
    }

    private static Type KindOf(Option option) => Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
}
