using System.Collections.Immutable;
using AdvFit.Learning.Data;
using AdvFit.Messages;

namespace AdvFit.Reporting;

/// <summary>
/// Chooses and draws images for a gallery (paper, Figs. 4 and 5): of each class the image with the most successful attacks, the
/// first one of the data set on a tie.
/// </summary>
/// <param name="data">The originals.</param>
/// <param name="attacks">The successes of each attack on one shuffle, in the spec's order.</param>
internal sealed class GalleryBuilder(Dataset data, ImmutableArray<GalleryBuilder.AttackImages> attacks)
{
    /// <summary>Most rows of a gallery.</summary>
    private const int MostItems = 10;

    /// <summary>At this magnification a change of one grey level is drawn as half the range.</summary>
    private const double MostMagnified = 127;

    private const double MiddleGrey = 127.5;

    private readonly PooledImages _originals = new(data);

    /// <summary>One attack's successes.</summary>
    /// <param name="Attack">The attack's label.</param>
    /// <param name="Set">Its stored successes.</param>
    /// <param name="Kept">Which of them are in the adversarial set, parallel to the arrays of the set.</param>
    /// <param name="Pixels">The adversarial images, [image][channel][row][column] in [0, 1].</param>
    internal sealed record AttackImages(string Attack, CraftedSet Set, bool[] Kept, float[] Pixels);

    /// <summary>The gallery; null where no attack has a success.</summary>
    public Gallery? Make(ShuffleOutcome outcome)
    {
        var chosen = Choose();
        return chosen.Length == 0
            ? null
            : new Gallery(
                outcome.Shuffle, outcome.ReferenceLevel, data.Shape.Width, data.Shape.Height, [.. chosen.Select(Draw)]);
    }

    private int[] Choose() =>
    [
        .. attacks.SelectMany(attack => attack.Set.Indices.Where((_, place) => attack.Kept[place]))
            .CountBy(index => index)
            .GroupBy(fooled => _originals.Label(fooled.Key))
            .OrderBy(ofClass => ofClass.Key)
            .Take(MostItems)
            .Select(ofClass => ofClass.OrderByDescending(fooled => fooled.Value).ThenBy(fooled => fooled.Key).First().Key),
    ];

    /// <summary>The largest whole factor at which the difference stays within the range of a pixel.</summary>
    private static int Magnification(double linf) => Math.Max(1, (int)Math.Min(0.5 / linf, MostMagnified));

    private GalleryItem Draw(int index) => new(
        index, data.Classes[_originals.Label(index)], Uri(_originals.Image(index)),
        [
            .. from attack in attacks
               let place = Array.IndexOf(attack.Set.Indices, index)
               where place >= 0 && attack.Kept[place]
               select Draw(index, attack, place),
        ]);

    private GalleryExample Draw(int index, AttackImages attack, int place)
    {
        var magnification = Magnification(attack.Set.Linf[place]);
        var original = _originals.Image(index);
        var adversarial = attack.Pixels.AsSpan(place * original.Length, original.Length);
        var (image, difference) = (new byte[original.Length], new byte[original.Length]);
        for (var i = 0; i < original.Length; i++)
        {
            image[i] = Level(adversarial[i] * 255.0);
            difference[i] = Level(MiddleGrey + magnification * (adversarial[i] * 255.0 - original[i]));
        }

        return new GalleryExample(
            attack.Attack, data.Classes[attack.Set.Predicted[place]], attack.Set.L2[place], attack.Set.Linf[place],
            Uri(image), Uri(difference), magnification);
    }

    private static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private string Uri(ReadOnlySpan<byte> pixels) =>
        $"data:image/png;base64,{Convert.ToBase64String(Png.Write(pixels, data.Shape))}";
}
