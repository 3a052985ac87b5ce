package picture

import "strings"

// What an SVG may hold. A name that is missing here is dropped; whoever adds
// one makes sure that a browser neither runs it nor asks a host for it.
var (
	elements = set(`
		svg g defs symbol use switch image title desc style
		path rect circle ellipse line polyline polygon
		text tspan textPath
		linearGradient radialGradient stop pattern clipPath mask marker
		filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
		feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
		feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset
		fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)

	// unwrapped elements go, what they hold stays, in a group.
	unwrapped = set(`a`)

	// moving elements change what is seen in time.
	moving = set(`animate animateMotion animateTransform set`)

	// paints are properties whose value is a colour.
	paints = set(`fill stroke color stop-color flood-color lighting-color`)

	// textual elements are those whose text is shown or read out.
	textual = set(`title desc text tspan textPath`)

	// visible elements draw something by themselves.
	visible = set(`path rect circle ellipse line polyline polygon text use image`)

	// referring elements are those that may refer to another by href.
	referring = set(`use textPath linearGradient radialGradient pattern filter`)

	// properties are what may stand in style rules, and as attributes: SVG 2's
	// presentation attributes.
	properties = set(`
		alignment-baseline baseline-shift clip clip-path clip-rule color
		color-interpolation color-interpolation-filters color-rendering cx cy d direction
		display dominant-baseline enable-background fill fill-opacity fill-rule filter
		flood-color flood-opacity font font-family font-size font-size-adjust font-stretch
		font-style font-variant font-weight glyph-orientation-horizontal
		glyph-orientation-vertical height image-rendering isolation kerning letter-spacing
		lighting-color line-height marker marker-end marker-mid marker-start mask mask-type
		mix-blend-mode opacity overflow paint-order pointer-events r rx ry shape-rendering
		stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
		stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
		text-decoration text-orientation text-rendering transform transform-box
		transform-origin unicode-bidi vector-effect visibility white-space width
		word-spacing writing-mode x y`)

	// prose attributes are read to people and hold any text.
	prose = set(`aria-label aria-roledescription`)

	allowedAttributes = union(properties, prose, set(`
		id class style lang systemLanguage role aria-describedby aria-hidden aria-labelledby href
		viewBox preserveAspectRatio x1 x2 y1 y2 points pathLength dx dy rotate
		textLength lengthAdjust startOffset method spacing side
		gradientUnits gradientTransform spreadMethod offset fx fy fr
		patternUnits patternContentUnits patternTransform clipPathUnits
		maskUnits maskContentUnits markerUnits markerWidth markerHeight orient refX refY
		filterUnits primitiveUnits in in2 result mode type values tableValues slope
		intercept amplitude exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias
		targetX targetY edgeMode preserveAlpha surfaceScale diffuseConstant
		specularConstant specularExponent kernelUnitLength scale xChannelSelector
		yChannelSelector azimuth elevation stdDeviation radius z pointsAtX pointsAtY
		pointsAtZ limitingConeAngle baseFrequency numOctaves seed stitchTiles`))

	// functions are those that may stand in a property's value or a transform.
	// url is not among them: it is allowed by what it names (safeValue).
	functions = set(`
		rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix
		calc min max clamp var
		matrix translate translatex translatey scale scalex scaley rotate skewx skewy skew
		blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
		circle ellipse inset polygon`)
)

func set(names string) map[string]bool {
	m := make(map[string]bool)
	for n := range strings.FieldsSeq(names) {
		m[n] = true
	}
	return m
}

func union(sets ...map[string]bool) map[string]bool {
	m := make(map[string]bool)
	for _, s := range sets {
		for n := range s {
			m[n] = true
		}
	}
	return m
}
