using System.Text.RegularExpressions;
using AdvFit.Messages;
using AdvFit.Messages.Fields;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Spec;

public class SpecFieldsTests
{
    private const string Docs = "docs/sweeps.md", Begin = "<!-- fields of a spec -->", End = "<!-- end of the fields -->";

    private static readonly Dictionary<string, string> Base = new()
    {
        ["name"] = "quick",
        ["dataset"] = "tiny",
        ["classifier"] = "knn",
        ["network"] = "lenet5",
        ["attacks"] = "[fgsm]",
        ["shuffles"] = "3",
        ["seed"] = "1",
        ["preprocess.size"] = "128",
        ["subsample.train"] = "50",
        ["subsample.test"] = "10",
        ["training.optimizer"] = "sgd",
        ["training.momentum"] = "0.5",
    };

    /// <summary>What some fields need beside them.</summary>
    private static readonly Dictionary<string, string> Steps = new(Base)
    {
        ["training.schedule"] = "step",
        ["training.step_epochs"] = "2",
        ["training.step_factor"] = "0.5",
    };

    public static TheoryData<string> Paths => [.. SpecFields.All.Select(each => each.YamlPath)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Changing_a_field_does_what_it_declares(string path)
    {
        var field = SpecFields.All.Single(field => field.YamlPath == path);
        var around = path.StartsWith("training.step_", StringComparison.Ordinal) ? Steps : Base;
        var (before, after) = (Parse(around)!, Changed(field, around));
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start(before));
        var isSame = SweepId.Of(after) == SweepId.Of(before);
        var differences = SpecDifferences.OfIdentity(before, after);
        var decision = sweep.Do(Some.Start(after));

        isSame.ShouldBe(field.Change != SpecChange.BeginsAnew);
        decision.IsRejected.ShouldBe(field.Change == SpecChange.BeginsAnew);
        if (field.IdKey is not null)
        {
            differences.ShouldContain(difference => difference.Field == field.Path);
        }

        if (isSame)
        {
            differences.ShouldBeEmpty();
            decision.Events.ShouldContain(new SweepExtended(sweep.State.Spec));
            SpecJson.Write(sweep.State.Spec).ShouldBe(SpecJson.Write(after));
            var unstarted = new SimulatedSweep();
            unstarted.Do(Some.Start(before));
            SweepComparison.OfExtension(unstarted.State, after).ShouldNotBeNull()
                .StartsWith("adds ", StringComparison.Ordinal).ShouldBe(field.Change == SpecChange.Extends);
        }
    }

    [Fact]
    public void Every_field_says_what_it_means() =>
        SpecFields.All.Select(field => field.Field).Concat(RecordFields.Of<AttackSpec>()).ShouldAllBe(field => field.Meaning.Length > 0);

    [Fact]
    public void The_schema_for_editors_is_that_of_the_declared_fields() =>
        Repository.ShouldHold("sweeps/sweep.schema.json", SpecSchema.Text());

    [Fact]
    public void Every_sweep_that_comes_along_names_the_schema() => Repository.FilesOf("sweeps")
        .Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))
        .ShouldAllBe(file => Repository.Read($"sweeps/{file}").StartsWith("# yaml-language-server: $schema=sweep.schema.json\n"));

    [Fact]
    public void The_documented_fields_are_the_declared_ones() => Repository.ShouldHold(Docs, Regex.Replace(
        Repository.Read(Docs), $"(?<={Begin}\n).*(?={End})", _ => $"{SpecDocs.Table()}\n", RegexOptions.Singleline));

    /// <summary>The spec with the first other value that the field takes.</summary>
    private static SweepSpec Changed(SpecField field, Dictionary<string, string> around)
    {
        string[] others = [.. field.Field.Choices, "[fgsm, deepfool]", "lenet5-wide", "9", "0.25", "96", "0.75", "true", "other"];
        return others.Select(value => Parse(new(around) { [field.YamlPath] = value })).OfType<SweepSpec>()
            .First(spec => SpecJson.Write(spec) != SpecJson.Write(Parse(around)!));
    }

    private static SweepSpec? Parse(Dictionary<string, string> values)
    {
        var lines = values.GroupBy(pair => pair.Key.Split('.')[0]).Select(section => section.First().Key == section.Key
            ? $"{section.Key}: {section.First().Value}"
            : $"{section.Key}: {{ {string.Join(", ", section.Select(pair => $"{pair.Key.Split('.')[1]}: {pair.Value}"))} }}");
        try
        {
            return new SpecReader(Some.Vocabulary).Parse(string.Join('\n', lines), "spec.yaml");
        }
        catch (SpecException)
        {
            return null;
        }
    }
}
