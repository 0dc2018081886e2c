namespace AdvFit.Deploy.Tests.Schema;

/// <summary>A label selector.</summary>
internal sealed record Selector
{
    public Dictionary<string, string> MatchLabels { get; init; } = [];

    public List<Requirement> MatchExpressions { get; init; } = [];

    public bool Matches(IReadOnlyDictionary<string, string> labels) =>
        MatchLabels.All(label => labels.GetValueOrDefault(label.Key) == label.Value)
        && MatchExpressions.All(requirement => requirement.Matches(labels));
}

internal sealed record Requirement
{
    public string Key { get; init; } = "";

    public string Operator { get; init; } = "";

    public List<string> Values { get; init; } = [];

    public bool Matches(IReadOnlyDictionary<string, string> labels) => Operator switch
    {
        "In" => labels.TryGetValue(Key, out var value) && Values.Contains(value),
        _ => throw new NotSupportedException($"The operator {Operator} of a selector is not known here."),
    };
}
