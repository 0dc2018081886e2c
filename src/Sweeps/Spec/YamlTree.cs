using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AdvFit.Sweeps.Spec;

/// <summary>A piece of a YAML document that knows where it stands, so that every problem can be placed.</summary>
internal abstract record YamlPiece(Mark Start);

/// <summary>A scalar; <paramref name="Plain"/> unless it is quoted, and so meant as text.</summary>
internal sealed record YamlText(Mark Start, string Text, bool Plain) : YamlPiece(Start);

internal sealed record YamlList(Mark Start, ImmutableArray<YamlPiece> Items) : YamlPiece(Start);

/// <summary>A mapping with its entries in order, duplicate keys included.</summary>
internal sealed record YamlMapping(Mark Start, ImmutableArray<(YamlPiece Key, YamlPiece Value)> Entries)
    : YamlPiece(Start);

/// <summary>
/// Reads the one document of a YAML file into pieces. YamlDotNet's own tree gives up at the first duplicate key; this one
/// keeps them, to be reported with everything else.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>Far more than a spec needs, and far less than the stack holds.</summary>
    private const int MaximumDepth = 64;

    /// <summary>Far more than a spec needs. What an alias stands for counts again each time, for readers see it again.</summary>
    private const int MaximumPieces = 10_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (YamlPiece Piece, int Pieces)> _anchors = [];
    private int _depth;
    private int _pieces;

    private YamlTree(IScanner scanner) => _parser = new Parser(scanner);

    /// <summary>The document's root; null where there is no document.</summary>
    /// <exception cref="YamlException">It is no YAML, or more than one document.</exception>
    public static YamlPiece? Parse(string yaml)
    {
        var scanner = new Scanner(new StringReader(yaml));
        try
        {
            return new YamlTree(scanner).Document();
        }
        catch (InvalidOperationException error)
        {
            // Some broken keys trip the scanner's own checks.
            throw new YamlException(scanner.CurrentPosition, scanner.CurrentPosition, "a key is not complete", error);
        }
    }

    private YamlPiece? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Piece();
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
        {
            var next = _parser.Current;
            throw new YamlException(next!.Start, next.End, "the file may hold one YAML document; this begins a second one");
        }

        return root;
    }

    private YamlPiece Piece()
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!_anchors.TryGetValue(alias.Value, out var target))
            {
                throw new YamlException(alias.Start, alias.End, $"nothing before this is anchored as &{alias.Value}");
            }

            Count(target.Pieces, alias);
            return target.Piece;
        }

        var node = (NodeEvent?)_parser.Current ?? throw new YamlException("the file ends too early");
        if (++_depth > MaximumDepth)
        {
            throw new YamlException(node.Start, node.End, $"this is nested more than {MaximumDepth} deep");
        }

        var before = _pieces;
        Count(1, node);
        YamlPiece piece = node switch
        {
            Scalar => Text(),
            SequenceStart => List(),
            _ => Mapping(),
        };
        _depth--;
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = (piece, _pieces - before);
        }

        return piece;
    }

    private void Count(int pieces, ParsingEvent here)
    {
        _pieces += pieces;
        if (_pieces > MaximumPieces)
        {
            throw new YamlException(
                here.Start, here.End,
                $"up to here there are more than {MaximumPieces} values, counting what aliases stand for each time; a spec needs far fewer");
        }
    }

    private YamlText Text()
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlText(scalar.Start, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList List()
    {
        var start = _parser.Consume<SequenceStart>().Start;
        var items = ImmutableArray.CreateBuilder<YamlPiece>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Piece());
        }

        return new YamlList(start, items.ToImmutable());
    }

    private YamlMapping Mapping()
    {
        var start = _parser.Consume<MappingStart>().Start;
        var entries = ImmutableArray.CreateBuilder<(YamlPiece, YamlPiece)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            entries.Add((Piece(), Piece()));
        }

        return new YamlMapping(start, entries.ToImmutable());
    }
}
