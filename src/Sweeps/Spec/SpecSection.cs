using System.Globalization;
using System.Numerics;
using YamlDotNet.Core;

namespace AdvFit.Sweeps.Spec;

/// <summary>
/// One mapping of a spec, read key by key. What is wrong goes to the problems, and a stand-in value is returned, so that
/// reading goes on to find the rest.
/// </summary>
internal sealed class SpecSection
{
    private readonly Dictionary<string, YamlPiece> _values = [];
    private readonly SpecProblems _problems;
    private readonly string _what;

    /// <param name="mapping">The mapping.</param>
    /// <param name="what">What it describes, for messages: <c>the spec</c>, <c>training</c>.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="problems">Where problems go.</param>
    public SpecSection(YamlMapping mapping, string what, IReadOnlyCollection<string> known, SpecProblems problems)
    {
        (_problems, _what, Start) = (problems, what, mapping.Start);
        var firstLines = new Dictionary<string, long>();
        foreach (var (keyPiece, value) in mapping.Entries)
        {
            if (keyPiece is not YamlText { Text: var key })
            {
                problems.Add(keyPiece.Start, $"a key of {what} must be a word");
            }
            else if (!firstLines.TryAdd(key, keyPiece.Start.Line))
            {
                problems.Add(keyPiece.Start, $"`{key}` is given twice, first in line {firstLines[key]}; keep one");
            }
            else if (!known.Contains(key))
            {
                problems.Add(keyPiece.Start, $"{what} has no `{key}`{Suggestion.For(key, known)}");
            }
            else
            {
                _values.Add(key, value);
            }
        }
    }

    public Mark Start { get; }

    public bool Has(string key) => _values.ContainsKey(key);

    public Mark Place(string key) => _values.TryGetValue(key, out var value) ? value.Start : Start;

    /// <summary>Says what is wrong with a value that has been read.</summary>
    public void Refuse(string key, string message) => _problems.Add(Place(key), message);

    /// <summary>A value of any shape, or null after saying that it is missing.</summary>
    public YamlPiece? Required(string key)
    {
        if (_values.TryGetValue(key, out var value))
        {
            return value;
        }

        _problems.Add(Start, $"{_what} lacks `{key}`");
        return null;
    }

    public YamlPiece? Optional(string key) => _values.GetValueOrDefault(key);

    /// <summary>A nested mapping, or null where it is absent or no mapping.</summary>
    public SpecSection? Section(string key, IReadOnlyCollection<string> known)
    {
        switch (Optional(key))
        {
            case null:
                return null;
            case YamlMapping mapping:
                return new SpecSection(mapping, $"`{key}`", known, _problems);
            case var other:
                _problems.Add(other.Start, $"`{key}` must be a mapping, such as {key}: {{ {known.First()}: .. }}");
                return null;
        }
    }

    /// <summary>Some text, or null after saying that it is missing or no text.</summary>
    public string? Text(string key)
    {
        switch (Required(key))
        {
            case null:
                return null;
            case YamlText { Text.Length: > 0 } text:
                return text.Text;
            case var other:
                _problems.Add(other.Start, $"`{key}` must be a word{Found(other)}");
                return null;
        }
    }

    /// <summary>One of some words, or null after saying what is wrong.</summary>
    public string? Choice(string key, IReadOnlyCollection<string> known)
    {
        var word = Text(key);
        if (word is null || known.Contains(word))
        {
            return word;
        }

        _problems.Add(Place(key), $"`{key}` cannot be `{word}`{Suggestion.For(word, known)}");
        return null;
    }

    /// <summary>A whole number in a range.</summary>
    public T Whole<T>(string key, T minimum, T maximum)
        where T : struct, IBinaryInteger<T>
    {
        var piece = Required(key);
        if (piece is YamlText { Plain: true } text
            && T.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        if (piece is not null)
        {
            _problems.Add(piece.Start, $"`{key}` must be a whole number from {minimum} to {maximum}{Found(piece)}");
        }

        return minimum;
    }

    /// <summary>A whole number in a range, or null where there is none.</summary>
    public int? OptionalWhole(string key, int minimum, int maximum) => Has(key) ? Whole(key, minimum, maximum) : null;

    /// <summary>A finite number that a condition, named in words, holds for.</summary>
    public double Real(string key, Func<double, bool> condition, string inWords)
    {
        var piece = Required(key);
        if (piece is YamlText { Plain: true } text
            && double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && condition(value))
        {
            return value;
        }

        if (piece is not null)
        {
            _problems.Add(piece.Start, $"`{key}` must be a number {inWords}{Found(piece)}");
        }

        return double.NaN;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string key)
    {
        var piece = Required(key);
        if (piece is YamlText { Plain: true, Text: "true" or "false" } text)
        {
            return text.Text == "true";
        }

        if (piece is not null)
        {
            _problems.Add(piece.Start, $"`{key}` must be true or false{Found(piece)}");
        }

        return false;
    }

    private static string Found(YamlPiece piece) => piece switch
    {
        YamlText { Plain: true, Text: "" } => ", but nothing is given",
        YamlText { Plain: true } text => $", not `{text.Text}`",
        YamlText text => $", not the quoted text \"{text.Text}\"",
        YamlList => ", not a list",
        _ => ", not a mapping",
    };
}
